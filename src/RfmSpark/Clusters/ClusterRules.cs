using RfmSpark.Engine;

namespace RfmSpark.Clusters;

/// <summary>The centres of one day, kept as <c>final_centroids</c>, by which customers of another day are given to clusters.</summary>
/// <param name="Space">Where the centres lie.</param>
/// <param name="Clusters">How many there are.</param>
public sealed record ClusterRules(FeatureSpace Space, int Clusters)
{
    // Coordinates of centres, above which distances and what customers are worth make one program that is too long to be compiled (8,000 bytes; with 40 coordinates it has 6,200).
    private const int MostInOneProgram = 40;

    /// <summary>Defines <c>customer_labels</c>: the customers of <c>customer_scores</c>, as they were on <paramref name="day"/>, each with the cluster whose centre is nearest.</summary>
    public void Label(IEngine engine, DateOnly day)
    {
        var nearest = new NearestSql(Clusters, Space.Dimensions);
        // With features too it would be too long in any case.
        engine.Define(
            ClusterTables.CustomerFeatures(Space.Dimensions),
            Sql.Of("customer_features").With("bucket", CentreFit.Bucket(1)).With("features", Space.From(day).Features()),
            keepOnCluster: true);
        engine.Define(
            WorkTables.CustomerLabels,
            Sql.Of("customer_labels").With("distances", nearest.Distances()).With("label", nearest.Label()),
            keepOnCluster: Clusters * Space.Dimensions > MostInOneProgram);
    }

    /// <summary>Forgets what <see cref="Label"/> defined.</summary>
    public void Drop(IEngine engine)
    {
        engine.Drop(WorkTables.CustomerLabels);
        engine.Drop(ClusterTables.CustomerFeatures(Space.Dimensions));
    }
}
