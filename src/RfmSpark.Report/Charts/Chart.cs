using System.Text.Json.Serialization;

namespace RfmSpark.Report.Charts;

/// <summary>What a chart shows, in the terms of its data; how it is drawn is the page's own affair (<c>page/src/charts</c>, a file for each kind).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HeatMap), "heatmap")]
[JsonDerivedType(typeof(TreeMap), "treemap")]
[JsonDerivedType(typeof(ScatterPlot), "scatter")]
[JsonDerivedType(typeof(Curves), "curves")]
[JsonDerivedType(typeof(Bars), "bars")]
[JsonDerivedType(typeof(Panels), "panels")]
[JsonDerivedType(typeof(Flows), "flows")]
internal abstract record Chart;

/// <summary>How the page writes a number.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NumberFormat>))]
internal enum NumberFormat
{
    /// <summary>1,234.</summary>
    Count,
    /// <summary>With the currency.</summary>
    Money,
    /// <summary>A share, 0 to 1, as 12.3 %.</summary>
    Percent,
    /// <summary>A change as a share, as +12.3 %.</summary>
    Change,
    /// <summary>Two decimals.</summary>
    Ratio,
}

/// <summary>Cells shaded by a number; several numbers to choose from.</summary>
internal sealed record HeatMap(string XName, string YName, IReadOnlyList<string> X, IReadOnlyList<string> Y, IReadOnlyList<HeatView> Views) : Chart;

/// <summary>One number of a heat map: for a cell its place on both axes, from 0, and the value. From <paramref name="Darkest"/> on all are as dark; that of the largest value if it is null.</summary>
internal sealed record HeatView(string Name, NumberFormat Format, IReadOnlyList<double[]> Cells, double? Darkest = null);

/// <summary>Rectangles as large as one number and shaded by another.</summary>
internal sealed record TreeMap(string SizeName, NumberFormat SizeFormat, string ShadeName, NumberFormat ShadeFormat, IReadOnlyList<TreeItem> Items) : Chart;

/// <summary>One rectangle.</summary>
internal sealed record TreeItem(string Name, double Size, double? Shade);

/// <summary>Points of named groups on logarithmic axes.</summary>
internal sealed record ScatterPlot(string XName, string YName, NumberFormat YFormat, IReadOnlyList<PointGroup> Groups) : Chart;

/// <summary>A group of points, x and y.</summary>
internal sealed record PointGroup(string Name, IReadOnlyList<double[]> Points);

/// <summary>Lines over a numeric axis.</summary>
internal sealed record Curves(string XName, NumberFormat XFormat, string YName, NumberFormat YFormat, IReadOnlyList<PointGroup> Lines) : Chart;

/// <summary>Bars beside each other for each name, with an interval where there is one.</summary>
internal sealed record Bars(string ValueName, NumberFormat Format, IReadOnlyList<string> Names, IReadOnlyList<BarSeries> Series, double? Mark = null, string? MarkName = null) : Chart;

/// <summary>The bars of one measure.</summary>
internal sealed record BarSeries(string Name, IReadOnlyList<double?> Values, IReadOnlyList<double?>? Low = null, IReadOnlyList<double?>? High = null);

/// <summary>Small charts over one common axis, one a measure.</summary>
internal sealed record Panels(string XName, IReadOnlyList<string> X, IReadOnlyList<Panel> Items, int? Marked = null) : Chart;

/// <summary>One of them; lines at <paramref name="Bounds"/> help to read it.</summary>
internal sealed record Panel(string Name, NumberFormat Format, IReadOnlyList<double?> Values, IReadOnlyList<double>? Bounds = null);

/// <summary>Streams from the left to the right; several ways to divide to choose from.</summary>
internal sealed record Flows(string FromName, string ToName, IReadOnlyList<FlowView> Views) : Chart;

/// <summary>One way to divide.</summary>
internal sealed record FlowView(string Name, IReadOnlyList<Flow> Links);

/// <summary>One stream.</summary>
internal sealed record Flow(string From, string To, double Value);
