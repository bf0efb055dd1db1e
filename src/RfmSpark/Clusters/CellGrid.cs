using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Numerics;

namespace RfmSpark.Clusters;

/// <summary>One cell: its place in the grid, its customers, and their exact sums.</summary>
internal sealed record GridCell(long[] Keys, long Customers, long[] Sums, double Spread);

/// <summary>
/// The customers as cells of a grid over the space of features, each with its number and exact sums: what k-means is chosen and started on. Few customers
/// have a cell for every place, so that nothing is lost.
/// </summary>
/// <remarks>
/// A cell is taken at the mean of its customers, and what it hides is their sum of squares about it, so the sum of squares of any clustering of cells is exact for
/// their customers (the idea of weighted coresets: Har-Peled and Mazumdar, STOC 2004). All sides are equally long.
/// </remarks>
internal sealed class CellGrid
{
    private const int FewCustomers = 20_000;
    private const int MostCells = 1 << 18, MostSides = 4096;

    private readonly FeatureSpace _space;
    private readonly long[] _corner;

    private CellGrid(FeatureSpace space)
    {
        _space = space;
        _corner = space.Whole([.. space.Scales.Select(s => s.Least)]);
        var sides = Math.Min(MostSides, Math.Floor(Math.Pow(MostCells, 1.0 / space.Dimensions) + 1e-9));
        Side = space.Customers <= FewCustomers ? 1 : Math.Max(1, (long)Math.Ceiling(space.Scales.Max(s => s.Greatest - s.Least) * space.Factor / sides));
    }

    /// <summary>The length of a side, in whole numbers of the space; 1 if each place has its cell.</summary>
    internal long Side { get; }

    /// <summary>The cells with a customer, by their keys.</summary>
    internal IReadOnlyList<GridCell> Cells { get; private set; } = [];

    /// <summary>Reads the cells of <c>customer_features</c>.</summary>
    internal static CellGrid Read(IEngine engine, FeatureSpace space)
    {
        var grid = new CellGrid(space);
        var d = space.Dimensions;
        var select = Sql.Of("cluster_cells").With("keys", space.Each("key#")).With("points", space.Each("x#")).With("cut", grid.Cut())
            .With("sums", space.Each("CAST(SUM(x#) AS BIGINT) AS s#"))
            .With("squares", new SqlExpression(_ => string.Join(" + ", Enumerable.Range(1, d).Select(i => grid.FromCorner(i) + " * " + grid.FromCorner(i)))));
        grid.Cells = [.. engine.Read(select, row => grid.ToCell([.. Enumerable.Range(0, d).Select(row.Long)], row.Long(d), [.. Enumerable.Range(d + 1, d).Select(row.Long)], row.Double((2 * d) + 1)))
            .OrderBy(cell => cell.Keys, CellKeys.Order)];
        return grid;
    }

    /// <summary>SQL: the keys of a customer's cell.</summary>
    internal SqlExpression Cut() => new(_ => string.Join(", ", _corner.Select((corner, i) =>
        string.Create(CultureInfo.InvariantCulture, $"CAST(FLOOR(CAST(x{i + 1} - ({corner}) AS DOUBLE) / {Side}) AS BIGINT) AS key{i + 1}"))));

    /// <summary>Cells as points in scaled features.</summary>
    internal WeightedPoints Points(IReadOnlyList<GridCell> cells)
    {
        var coordinates = new double[_space.Dimensions][];
        for (var d = 0; d < coordinates.Length; d++) coordinates[d] = [.. cells.Select(c => (double)c.Sums[d] / c.Customers / _space.Factor)];
        return new WeightedPoints(coordinates, [.. cells.Select(c => (double)c.Customers)], [.. cells.Select(c => c.Spread / _space.Factor / _space.Factor)]);
    }

    /// <summary>Cells of twice the side, again and again until there are at most <paramref name="most"/>: for what is done hundreds of times.</summary>
    internal static IReadOnlyList<GridCell> Coarsened(IReadOnlyList<GridCell> cells, int most)
    {
        while (cells.Count > most)
        {
            var merged = new Dictionary<long[], GridCell>(CellKeys.Order);
            foreach (var cell in cells)
            {
                long[] keys = [.. cell.Keys.Select(key => key >> 1)];
                merged[keys] = merged.TryGetValue(keys, out var other)
                    ? new GridCell(keys, cell.Customers + other.Customers, [.. cell.Sums.Zip(other.Sums, (a, b) => a + b)], 0)
                    : new GridCell(keys, cell.Customers, cell.Sums, 0);
            }
            cells = [.. merged.Values.OrderBy(cell => cell.Keys, CellKeys.Order)];
        }
        return cells;
    }

    private string FromCorner(int dimension) =>
        string.Create(CultureInfo.InvariantCulture, $"(CAST(x{dimension} - ({_corner[dimension - 1]}) AS DOUBLE) - CAST(key{dimension} AS DOUBLE) * {Side})");

    // The spread about the mean is that about the corner less that of the mean; with sums of whole numbers only the last step rounds.
    private GridCell ToCell(long[] keys, long customers, long[] sums, double squares)
    {
        var spread = squares;
        for (var d = 0; d < keys.Length; d++)
        {
            var fromCorner = (double)(sums[d] - (customers * (_corner[d] + (keys[d] * Side))));
            spread -= fromCorner * fromCorner / customers;
        }
        return new GridCell(keys, customers, sums, Math.Max(spread, 0));
    }

    // Keys in lexicographic order, equal if all are.
    private sealed class CellKeys : IComparer<long[]>, IEqualityComparer<long[]>
    {
        internal static readonly CellKeys Order = new();

        public int Compare(long[]? x, long[]? y) => x.AsSpan().SequenceCompareTo(y);

        public bool Equals(long[]? x, long[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(long[] obj)
        {
            var hash = new HashCode();
            foreach (var key in obj) hash.Add(key);
            return hash.ToHashCode();
        }
    }
}
