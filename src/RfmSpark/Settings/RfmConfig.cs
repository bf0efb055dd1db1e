using System.ComponentModel.DataAnnotations;

namespace RfmSpark.Settings;

/// <summary>Scores and segments.</summary>
public sealed record RfmConfig
{
    /// <summary>What frequency counts.</summary>
    public required FrequencyOf Frequency { get; init; }
    /// <summary>Scores run from 1 to this number, the best.</summary>
    [Range(2, 10)]
    public required int Bins { get; init; }
    /// <summary>Where the edges between bins lie, if they are cut by quantiles.</summary>
    public required BinEdges Edges { get; init; }
    /// <summary>Upper bounds in days for each recency score from the best down, one fewer than there are bins; quantiles if empty.</summary>
    public required IReadOnlyList<decimal> RecencyThresholds { get; init; }
    /// <summary>Upper bounds in orders for each frequency score from the lowest up; quantiles if empty.</summary>
    public required IReadOnlyList<decimal> FrequencyThresholds { get; init; }
    /// <summary>Upper bounds in money for each monetary score from the lowest up; quantiles if empty.</summary>
    public required IReadOnlyList<decimal> MonetaryThresholds { get; init; }
    /// <summary>What each score counts for in <c>rfm_score</c>.</summary>
    public required WeightsConfig Weights { get; init; }
    /// <summary>The legend, one of those in the segments file.</summary>
    public required string Legend { get; init; }
    /// <summary>The file of legends; beside base.json if its path is relative.</summary>
    public required string SegmentsFile { get; init; }

    internal IEnumerable<(string Path, string Fault)> Check()
    {
        (string Path, IReadOnlyList<decimal> Values)[] all =
            [("recencyThresholds", RecencyThresholds), ("frequencyThresholds", FrequencyThresholds), ("monetaryThresholds", MonetaryThresholds)];
        foreach (var (path, values) in all.Where(t => t.Values.Count > 0))
        {
            if (values.Count != Bins - 1)
                yield return (path, $"has {values.Count} values; {Bins} bins need {Bins - 1}");
            if (values.Zip(values.Skip(1)).Any(pair => pair.First >= pair.Second))
                yield return (path, $"is {string.Join(", ", values)}; it must rise");
        }
    }
}

/// <summary>What each score counts for in <c>rfm_score</c>.</summary>
public sealed record WeightsConfig
{
    /// <summary>Of the recency score.</summary>
    [Range(typeof(decimal), "0", "100")]
    public required decimal Recency { get; init; }
    /// <summary>Of the frequency score.</summary>
    [Range(typeof(decimal), "0", "100")]
    public required decimal Frequency { get; init; }
    /// <summary>Of the monetary score.</summary>
    [Range(typeof(decimal), "0", "100")]
    public required decimal Monetary { get; init; }
}

/// <summary>What frequency counts.</summary>
public enum FrequencyOf
{
    /// <summary>Distinct orders; each line is one where the files have no order id.</summary>
    Orders,
    /// <summary>Distinct days with a purchase.</summary>
    Days,
}

/// <summary>Where the edges between bins lie.</summary>
public enum BinEdges
{
    /// <summary>At the quantiles q, and a value on an edge belongs to the bin below: (p, q], as pandas' <c>qcut</c> has it.</summary>
    Quantile,
    /// <summary>One above the quantiles, and a value on an edge belongs to the bin above: [p + 1, q + 1), as the R package <c>rfm</c> has it.</summary>
    QuantilePlusOne,
}
