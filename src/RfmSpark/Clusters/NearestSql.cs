using System.Globalization;
using RfmSpark.Engine;

namespace RfmSpark.Clusters;

/// <summary>The SQL that finds the nearest of k places whose coordinates are columns, c1_1 … ck_d.</summary>
/// <remarks>
/// The places come from a row and not from literals, so that the text of a step is the same each time: a cluster compiles it once. Differences, squares and
/// their sum are IEEE doubles taken in one order, so the nearest is the same on every engine; the first of equally near ones wins.
/// </remarks>
internal sealed record NearestSql(int K, int Dimensions)
{
    /// <summary>Squared distances from the places, d1 …</summary>
    internal SqlExpression Distances() => new(_ => string.Join(", ", Places(c => $"{Sum("c", c)} AS d{c}")));

    /// <summary>Mean squared distances to each cluster's customers, m1 …, by way of their means m1_1 …; with others1 …</summary>
    internal SqlExpression MeanDistances() => new(_ => string.Join(", ", Places(c => $"{Sum("m", c)} + spread{c} AS m{c}, others{c}")));

    /// <summary>The columns of <see cref="MeanDistances"/>.</summary>
    internal SqlExpression Means() => new(_ => string.Join(", ", Places(c => $"m{c}, others{c}")));

    /// <summary>The least squared distance.</summary>
    internal SqlExpression Nearest() => new(_ => Least());

    /// <summary>The number, from 0, of the nearest place.</summary>
    internal SqlExpression Label() => new(_ => K == 1 ? "0" : $"CASE {Least()} {string.Join(' ', Places(c => $"WHEN d{c} THEN {Number(int.Parse(c, CultureInfo.InvariantCulture) - 1)}"))} END");

    /// <summary>
    /// From m1 … and the cluster: the mean squared distance to the others of it; NULL for a customer alone. If outliers were left out of the fit, none is among the
    /// customers whom the means are of, and all of those are others.
    /// </summary>
    internal SqlExpression Own(bool withoutOutliers) => new(_ =>
        $"CASE cluster {string.Join(' ', Places(c => $"WHEN {c} THEN m{c} * {(withoutOutliers
            ? $"CASE WHEN is_outlier THEN 1 ELSE NULLIF(others{c}, 0) END"
            : $"NULLIF(others{c}, 0)")}"))} END");

    /// <summary>The least mean squared distance to another cluster; NULL if there is none.</summary>
    internal SqlExpression Other() => new(dialect => K == 1
        ? $"CAST(NULL AS {dialect.TypeName(ColumnType.Double)})"
        : Least([.. Places(c => $"CASE WHEN cluster = {c} THEN {dialect.Literal(double.MaxValue)} ELSE m{c} END")]));

    private string Least() => Least([.. Places(c => "d" + c)]);

    // LEAST takes two values or more.
    private static string Least(IReadOnlyList<string> values) => values.Count == 1 ? values[0] : $"LEAST({string.Join(", ", values)})";

    private string Sum(string prefix, string place) => string.Join(" + ", Enumerable.Range(1, Dimensions).Select(Number)
        .Select(d => $"(CAST(x{d} AS DOUBLE) - {prefix}{place}_{d}) * (CAST(x{d} AS DOUBLE) - {prefix}{place}_{d})"));

    private IEnumerable<string> Places(Func<string, string> text) => Enumerable.Range(1, K).Select(Number).Select(text);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
