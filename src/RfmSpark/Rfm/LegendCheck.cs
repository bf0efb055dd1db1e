namespace RfmSpark.Rfm;

/// <summary>What is to be said of a legend, found by going through every cell of its cube.</summary>
/// <param name="Legend">The legend.</param>
/// <param name="Unnamed">Cells that no segment names.</param>
/// <param name="Overlapping">Cells that several segments name.</param>
/// <param name="Unreachable">Segments that get no cell.</param>
public sealed record LegendCheck(Legend Legend, IReadOnlyList<Cell> Unnamed, IReadOnlyList<Cell> Overlapping, IReadOnlyList<string> Unreachable)
{
    /// <summary>Checks a legend.</summary>
    public static LegendCheck Of(Legend legend)
    {
        var cells = legend.Cells.Select(cell => (Cell: cell, Names: legend.Naming(cell).ToList())).ToList();
        var reached = cells.Where(c => c.Names.Count > 0).Select(c => c.Names[0].Name).ToHashSet(StringComparer.Ordinal);
        return new LegendCheck(legend,
            [.. cells.Where(c => c.Names.Count == 0).Select(c => c.Cell)],
            [.. cells.Where(c => c.Names.Count > 1).Select(c => c.Cell)],
            [.. legend.Segments.Select(s => s.Name).Where(name => !reached.Contains(name))]);
    }

    /// <summary>What makes the legend unfit for use; empty if nothing does.</summary>
    public IEnumerable<string> Faults()
    {
        if (Unnamed.Count > 0 && Legend.Rest is null)
            yield return $"{Count(Unnamed)} named by no segment: {List(Unnamed)}. Name them, or say with \"rest\" which segment they get.";
        if (Overlapping.Count > 0 && !Legend.FirstMatch)
            yield return $"{Count(Overlapping)} named by several segments: {List(Overlapping)}. Name each once, or say \"firstMatch\": true.";
        if (Unreachable.Except(Legend.Unreachable).ToList() is { Count: > 0 } unknown)
            yield return $"no cell is left for {string.Join(", ", unknown)}. Move them before those that take their cells, or list them under \"unreachable\".";
        if (Legend.Unreachable.Except(Unreachable).ToList() is { Count: > 0 } reached)
            yield return $"\"unreachable\" lists {string.Join(", ", reached)}, which is reached or is no segment.";
        foreach (var (list, names) in new[] { ("high", Legend.High), ("atRisk", Legend.AtRisk) })
            if (names.Except(Legend.Names).ToList() is { Count: > 0 } strangers) yield return $"\"{list}\" lists {string.Join(", ", strangers)}; its segments are {string.Join(", ", Legend.Names)}.";
        if (Legend.High.Intersect(Legend.AtRisk).ToList() is { Count: > 0 } both) yield return $"{string.Join(", ", both)} cannot be both \"high\" and \"atRisk\".";
    }

    /// <summary>What a user of the legend should know, in one sentence; null if every cell is named once and every segment reached.</summary>
    public string? Note()
    {
        List<string> notes = [];
        if (Unnamed.Count > 0) notes.Add($"{Count(Unnamed)} named by no segment and get '{Legend.Rest}'");
        if (Overlapping.Count > 0) notes.Add($"{Count(Overlapping)} named by several segments and get the first");
        if (Unreachable.Count > 0) notes.Add($"no cell is left for {string.Join(", ", Unreachable)}");
        return notes.Count == 0 ? null : $"legend {Legend.Name}: {string.Join("; ", notes)}";
    }

    private string Count(IReadOnlyList<Cell> cells) => $"{cells.Count} of {Legend.Cells.Count()} cells {(cells.Count == 1 ? "is" : "are")}";

    private static string List(IReadOnlyList<Cell> cells) => string.Join(" ", cells);
}
