using System.Globalization;
using RfmSpark.Engine;

namespace RfmSpark.Clusters;

/// <summary>The tables of the fit, whose columns depend on the number of features and clusters.</summary>
internal static class ClusterTables
{
    private static readonly Column Bucket = new("bucket", ColumnType.Int, "by the hash of the customer's id");

    internal static Table CustomerFeatures(int dimensions) => new("customer_features", "one row per customer with a purchase", [],
        [.. WorkTables.CustomerScores.Columns, Bucket, .. Columns("x", dimensions, ColumnType.Long, "scaled feature")]);

    internal static Table FitPoints(int dimensions) => new("fit_points", "one row per customer in the fit", [],
    [
        Bucket,
        Tables.CustomerSegments["recency_days"],
        Tables.CustomerSegments["frequency"],
        Tables.CustomerSegments["monetary"],
        .. Columns("x", dimensions, ColumnType.Long, "scaled feature"),
    ]);

    internal static Table OutlierCells(int dimensions) => new("outlier_cells", "one row per cell of outliers", [], [.. Columns("key", dimensions, ColumnType.Long, "cell")]);

    internal static Table Centroids(int k, int dimensions) => new("centroids", "one row", [],
    [
        new("first_bucket", ColumnType.Int, "first of the buckets that are looked at"),
        new("last_bucket", ColumnType.Int, "last of them"),
        .. Places("c", k, dimensions),
    ]);

    internal static Table FinalCentroids(int k, int dimensions) => new("final_centroids", "one row", [],
    [
        .. Places("c", k, dimensions),
        .. Places("m", k, dimensions),
        .. Columns("spread", k, ColumnType.Double, "mean squared distance of a cluster's customers from their mean"),
        .. Columns("others", k, ColumnType.Double, "n / (n - 1) of a cluster's n customers; 0 if it is one"),
    ]);

    private static IEnumerable<Column> Columns(string prefix, int count, ColumnType type, string meaning) =>
        Enumerable.Range(1, count).Select(i => new Column(string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}"), type, meaning));

    private static IEnumerable<Column> Places(string prefix, int k, int dimensions) =>
        Enumerable.Range(1, k).SelectMany(c => Columns(string.Create(CultureInfo.InvariantCulture, $"{prefix}{c}_"), dimensions, ColumnType.Double, "a coordinate"));
}
