using System.Text.Json.Nodes;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Numerics;

/// <summary>Points and what scikit-learn says of them: tests/data/sklearn, with the script that made it.</summary>
internal static class ClusterReference
{
    internal static JsonNode Values { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Data, "sklearn", "reference.json")))!;

    /// <summary>Recency (days), frequency and monetary of the 20-customer case.</summary>
    private static readonly (double R, double F, double M)[] Customers =
    [
        (8, 14, 2840), (142, 2, 184), (3, 22, 5120), (287, 1, 67), (19, 9, 1640), (64, 4, 420), (5, 18, 4280), (198, 2, 145), (31, 7, 1180), (112, 3, 310),
        (7, 20, 4890), (243, 1, 88), (25, 11, 2140), (88, 5, 580), (12, 16, 3640), (172, 2, 165), (44, 6, 760), (320, 1, 52), (16, 13, 2560), (55, 8, 1020),
    ];

    /// <summary>The case's features: each scaled to 0 to 1, recency inverted.</summary>
    internal static WeightedPoints Case()
    {
        double[] Scaled(Func<(double R, double F, double M), double> of) => [.. Customers.Select(c => (of(c) - Customers.Min(of)) / (Customers.Max(of) - Customers.Min(of)))];
        return new WeightedPoints([[.. Scaled(c => c.R).Select(r => 1 - r)], Scaled(c => c.F), Scaled(c => c.M)], [.. Enumerable.Repeat(1.0, Customers.Length)]);
    }

    /// <summary>Points, each of weight 1 unless weights are given.</summary>
    internal static WeightedPoints Points(double[][] rows, double[]? weights = null) =>
        new([.. Enumerable.Range(0, rows[0].Length).Select(d => rows.Select(r => r[d]).ToArray())], weights ?? [.. Enumerable.Repeat(1.0, rows.Length)]);

    internal static double[] Doubles(JsonNode? node) => [.. node!.AsArray().Select(n => n!.GetValue<double>())];

    internal static int[] Ints(JsonNode? node) => [.. node!.AsArray().Select(n => n!.GetValue<int>())];
}
