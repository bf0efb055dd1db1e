using RfmSpark.Rfm;

namespace RfmSpark.Tests.Rfm;

public sealed class LegendTests : IDisposable
{
    private static readonly SegmentsFile Shipped = SegmentsFile.Read(Path.Combine(Checkout.Conf, "segments.json"));
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    // Sizes as published (Spotler Activate) and counted from the published cells and ranges.
    [InlineData("eleven-segments", new[] { 7, 8, 24, 7, 16, 8, 8, 22, 8, 11, 6 })]
    [InlineData("klaviyo", new[] { 3, 5, 5, 5, 5, 4 })]
    public void A_legend_of_cells_names_each_once(string name, int[] sizes)
    {
        var check = LegendCheck.Of(Shipped.Legends[name]);

        Assert.Empty(check.Unnamed);
        Assert.Empty(check.Overlapping);
        Assert.Empty(check.Unreachable);
        Assert.Equal(sizes, check.Legend.Segments.Select(s => check.Legend.Cells.Count(c => check.Legend.SegmentOf(c) == s.Name)));
    }

    [Theory]
    [InlineData("rf-grid", 10)]
    [InlineData("r-fm-grid", 11)]
    [InlineData("all-u-need-mart", 8)]
    public void A_legend_of_patterns_is_a_partition(string name, int segments)
    {
        var check = LegendCheck.Of(Shipped.Legends[name]);

        Assert.Equal(segments, check.Legend.Segments.Count);
        Assert.Empty(check.Faults());
        Assert.Null(check.Note());
    }

    [Fact]
    public void Grades_are_of_segments_that_there_are()
    {
        var legend = Shipped.Legends["eleven-segments"];

        Assert.Equal(
            [
                "\"high\" lists Heroes; its segments are "
                + "Champions, Loyal, Potential Loyalist, New, Promising, Need Attention, About To Sleep, At Risk, Cannot Lose, Hibernating, Lost.",
            ],
            LegendCheck.Of(legend with { High = ["Champions", "Heroes"] }).Faults());
        Assert.Equal(["Lost cannot be both \"high\" and \"atRisk\"."], LegendCheck.Of(legend with { High = ["Lost"] }).Faults());
        Assert.All(Shipped.Legends.Values, l => Assert.True(l.High.Count > 0 && l.AtRisk.Count > 0));
    }

    [Fact]
    public void Version_0_2_of_the_rfm_package_leaves_cells_unnamed_and_segments_unreachable()
    {
        var check = Shipped.Choose("rfm-0.2", 5);

        Assert.Equal(36, check.Unnamed.Count);
        Assert.Equal(39, check.Overlapping.Count);
        Assert.Equal(["New Customers", "Promising", "Can't Lose"], check.Unreachable);
        Assert.Equal(
            "legend rfm-0.2: 36 of 125 cells are named by no segment and get 'Others'; "
            + "39 of 125 cells are named by several segments and get the first; no cell is left for New Customers, Promising, Can't Lose",
            check.Note());
    }

    [Fact]
    public void Version_0_3_of_the_rfm_package_has_the_sizes_that_were_counted()
    {
        var check = Shipped.Choose("rfm-0.3", 5);
        var sizes = check.Legend.Cells.GroupBy(check.Legend.SegmentOf).ToDictionary(g => g.Key, g => g.Count());

        Assert.Equal(58, check.Overlapping.Count);
        Assert.Equal(10, check.Unnamed.Count);
        Assert.Equal((35, 15, 15, 14, 10, 8, 7, 6, 4, 1), (sizes["Potential Loyalist"], sizes["Loyal Customers"], sizes["New Customers"], sizes["Lost"],
            sizes["About To Sleep"], sizes["Promising"], sizes["At Risk"], sizes["Can't Lose"], sizes["Need Attention"], sizes["Champions"]));
    }

    [Fact]
    public void The_grid_over_the_mean_of_frequency_and_monetary_rounds_it_up()
    {
        var legend = Shipped.Legends["r-fm-grid"];

        Assert.Equal("Champions", legend.SegmentOf(new Cell(5, 5, 4)));
        Assert.Equal("Loyal Customers", legend.SegmentOf(new Cell(5, 5, 1)));
    }

    [Fact]
    public void A_faulty_legend_is_refused_with_its_cells()
    {
        File.WriteAllText(_file, """
            { "legends": { "mine": { "bins": 2, "scores": "Rf", "segments": { "Good": "2. [12]2", "Never": "22", "Bad": "11" } } },
              "overall": { "valueSegments": { "All": [0,1,2,3,4,5,6,7,8,9] }, "subSegments": { "All": [0,1,2,3,4,5,6,7,8,9] } } }
            """);

        var fault = Assert.Throws<ConfigFault>(() => SegmentsFile.Read(_file).Choose("mine", 2));

        Assert.Contains("2 of 8 cells are named by several segments: 221 222", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no cell is left for Never", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "legends": {}, "overall": { "valueSegments": {}, "subSegments": {} } }""", "names score 9 0 times")]
    [InlineData("""{ "legends": { "a": { "bins": 5, "segments": { "X": "5" } } }, "overall": { "valueSegments": {}, "subSegments": {} } }""", "'5' is no pattern of 3 scores")]
    [InlineData("""{ "legends": { "a": { "bins": 3, "segments": { "X": "[45].." } } }, "overall": { "valueSegments": {}, "subSegments": {} } }""", "scores from 1 to 3")]
    [InlineData("""{ "legends": { "a": { "bins": 5, "segmnets": {} } } }""", "is no segments file")]
    [InlineData("""{ "legends": { "a": { "bins": 5, "segments": { "X": "555", "X": "111" } } } }""", "is no segments file")]
    [InlineData(
        """{ "legends": { "a": { "bins": 2, "segments": { "(new)": "..." } } }, "overall": { "valueSegments": {}, "subSegments": {} } }""",
        "'(new)' says in segment_migration that customers are in no segment")]
    [InlineData(
        """{ "legends": { "a": { "bins": 2, "segments": {}, "rest": "(lost to view)" } }, "overall": { "valueSegments": {}, "subSegments": {} } }""",
        "'(lost to view)' says in segment_migration")]
    public void A_faulty_file_is_refused(string text, string message)
    {
        File.WriteAllText(_file, text);

        Assert.Contains(message, Assert.Throws<ConfigFault>(() => SegmentsFile.Read(_file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_legend_that_does_not_exist_or_is_for_other_bins_is_refused()
    {
        Assert.Contains("there are eleven-segments", Assert.Throws<ConfigFault>(() => Shipped.Choose("nine", 5)).Message, StringComparison.Ordinal);
        Assert.Contains("Set rfm.bins=3, or rfm.legend to eleven-segments or ", Assert.Throws<ConfigFault>(() => Shipped.Choose("klaviyo", 5)).Message, StringComparison.Ordinal);
        Assert.Contains("Set rfm.bins=5, or write a legend of 10 \"bins\"", Assert.Throws<ConfigFault>(() => Shipped.Choose("eleven-segments", 10)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_bins_are_written_with_A()
    {
        Assert.Equal("A9A", new Cell(10, 9, 10).ToString());
        Assert.True(CellPattern.Parse("[9-A].1", 3, 10)!.Matches([10, 4, 1]));
    }
}
