namespace RfmSpark.Rfm;

/// <summary>Which scores the patterns of a legend are written over.</summary>
public enum LegendScores
{
    /// <summary>Three characters: recency, frequency, monetary.</summary>
    Rfm,
    /// <summary>Two: recency, frequency.</summary>
    Rf,
    /// <summary>Two: recency, and the mean of frequency and monetary, rounded up.</summary>
    RAndFm,
}

/// <summary>One segment of a legend: a name, and the patterns of the cells that it names.</summary>
public sealed record LegendSegment(string Name, IReadOnlyList<CellPattern> Patterns);

/// <summary>
/// A way to name the cells of the RFM cube, as data (<c>segments.json</c>).
/// </summary>
/// <param name="Name">As <c>rfm.legend</c> calls it.</param>
/// <param name="Bins">The scores run from 1 to this.</param>
/// <param name="Scores">What the patterns are written over.</param>
/// <param name="FirstMatch">Whether a cell that several segments name belongs to the first; otherwise each cell must be named once.</param>
/// <param name="Rest">The segment of the cells that none names; null if all must be named.</param>
/// <param name="Unreachable">Segments of which it is known that no cell is left for them: a legend is kept as its authors published it.</param>
/// <param name="Segments">In order.</param>
public sealed record Legend(
    string Name, int Bins, LegendScores Scores, bool FirstMatch, string? Rest, IReadOnlyList<string> Unreachable, IReadOnlyList<LegendSegment> Segments)
{
    /// <summary>The segments of the best customers; to lose them is worth a warning.</summary>
    public IReadOnlyList<string> High { get; init; } = [];

    /// <summary>The segments of those who stay away.</summary>
    public IReadOnlyList<string> AtRisk { get; init; } = [];

    /// <summary>A score as one character: 1 to 9, then A for 10.</summary>
    public static char Digit(int score) => "0123456789A"[score];

    /// <summary>The names of its segments.</summary>
    public IReadOnlyList<string> Names => [.. Segments.Select(s => s.Name).Except(Unreachable), .. Rest is null ? Array.Empty<string>() : [Rest]];

    /// <summary>Every cell of the cube, in order.</summary>
    public IEnumerable<Cell> Cells =>
        from r in Enumerable.Range(1, Bins)
        from f in Enumerable.Range(1, Bins)
        from m in Enumerable.Range(1, Bins)
        select new Cell(r, f, m);

    /// <summary>The segments that name a cell, in order.</summary>
    public IEnumerable<LegendSegment> Naming(Cell cell)
    {
        int[] scores = Scores switch
        {
            LegendScores.Rf => [cell.R, cell.F],
            LegendScores.RAndFm => [cell.R, (cell.F + cell.M + 1) / 2],
            _ => [cell.R, cell.F, cell.M],
        };
        return Segments.Where(s => s.Patterns.Any(p => p.Matches(scores)));
    }

    /// <summary>The segment of a cell. For a legend that passed its check.</summary>
    public string SegmentOf(Cell cell) => Naming(cell).FirstOrDefault()?.Name ?? Rest!;
}

/// <summary>One cell of the RFM cube.</summary>
public readonly record struct Cell(int R, int F, int M)
{
    /// <summary>Such as <c>543</c>.</summary>
    public override string ToString() => string.Concat(Legend.Digit(R), Legend.Digit(F), Legend.Digit(M));
}
