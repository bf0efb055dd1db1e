using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Numerics;
using RfmSpark.Rfm;
using RfmSpark.Settings;

namespace RfmSpark.Clusters;

/// <summary>Clusters of customers: chosen and started here on cells of a grid, moved and labelled in SQL over the customers.</summary>
public static class Clustering
{
    private const double MostExcess = 0.01;

    /// <summary>Makes <c>customer_clusters</c>, <c>cluster_facts</c>, <c>cluster_choice</c> and <c>cluster_features</c>; returns what deserves a line in the log, and what a warning.</summary>
    public static ClustersMade Make(IEngine engine, ClustersConfig config, ScoresMade scores, PersonaSet personas, DateOnly asOf)
    {
        var space = FeatureSpace.Of(engine, config, scores, asOf);
        var (dimensions, buckets) = (space.Dimensions, CentreFit.Buckets(space.Customers));
        engine.Define(ClusterTables.CustomerFeatures(dimensions), Sql.Of("customer_features").With("features", space.Features()));          // customer_scores   → customer_features
        engine.Create(ClusterTables.Points(dimensions), Sql.Of("cluster_points").With("buckets", buckets).With("points", space.Each("x#")));   // customer_features → cluster_points

        var grid = CellGrid.Read(engine, space);                                                                                            // cluster_points    → cells
        var outlying = DensityOutliers.Noise(grid.Points(grid.Cells), (double)config.OutlierRadius, config.OutlierWeight);
        var fitted = Fitted(engine, grid, outlying, config, space);                                                                         // cells             → outlier_cells, fit_points
        var candidates = Candidate.Try(grid, fitted, Math.Max(config.MostClusters, config.K), config);
        var choice = ChoiceOfK.Of(candidates, config);
        var chosen = candidates[choice.Chosen - 1];
        var fit = new CentreFit(engine, space, grid.Points(fitted), buckets).Run(config.Method, chosen.Fit);                                // fit_points        → centres

        var clusters = new ClusterDescription(space, fit, chosen, scores, personas);
        MakeCustomerClusters(engine, grid, space, fit);                                                                                     // customer_features → customer_clusters
        clusters.PutFacts(engine);
        ChoiceTables.PutFeatures(engine, clusters, config, asOf);

        var excess = clusters.Within / chosen.Fit.Within - 1;
        List<string> warnings = [];
        if (choice.Note is { } note) warnings.Add("clusters: " + note);
        if (excess > MostExcess) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"clusters: the sum of squares is {excess:P1} above the best that is known; try clusters.method=lloyd, or more clusters.restarts"));
        if (!fit.Rested) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"clusters: the centres had not come to rest after {fit.Steps} steps"));
        if (outlying.All(o => o) && config.Outliers == OutliersInFit.LeaveOut) warnings.Add("clusters: every customer is an outlier, so none was left out of the fit; raise clusters.outlierRadius or lower clusters.outlierWeight");
        ChoiceTables.PutChoice(engine, candidates, choice, config, new FitFacts(clusters.Within, fit.Steps, fit.Rested, warnings), asOf);

        var outliers = grid.Cells.Zip(outlying).Where(c => c.Second).Sum(c => c.First.Customers);
        return new ClustersMade([
            string.Create(CultureInfo.InvariantCulture, $"clusters: k = {choice.Chosen} ({ChoiceOfK.Name(config.Choice)}; {Others(choice, config)}); {fit.Steps} steps over the customers{(fit.Rested ? ", centres at rest" : "")}; sum of squares {clusters.Within:0.####}{(double.IsFinite(excess) ? string.Create(CultureInfo.InvariantCulture, $", {100 * excess:+0.000;-0.000} % from the best known on the grid") : "")}; {outliers:N0} outliers"),
            .. space.Scales.Where(s => s.Width == 1 && s.Low == s.High).Select(s => $"clusters: {s.Feature.NameOf()} is the same for all customers, so it tells none apart"),
        ], warnings);
    }

    // The cells that centres are fitted to, and the customers in them.
    private static IReadOnlyList<Cell> Fitted(IEngine engine, CellGrid grid, bool[] outlying, ClustersConfig config, FeatureSpace space)
    {
        engine.Put(ClusterTables.OutlierCells(space.Dimensions), grid.Cells.Where((_, i) => outlying[i]), (cell, row) =>
        {
            foreach (var key in cell.Keys) row.Long(key);
        });
        if (config.Outliers == OutliersInFit.Include || outlying.All(o => o))
        {
            engine.Define(ClusterTables.FitPoints(space.Dimensions), Sql.Inline("SELECT bucket, recency_days, frequency, monetary, {{points}} FROM cluster_points").With("points", space.Each("x#")));
            return grid.Cells;
        }
        engine.Create(ClusterTables.FitPoints(space.Dimensions), Sql.Of("fit_points").With("points", space.Each("x#")).With("cut", grid.Cut()).With("same_cell", SameCell(space)));
        return [.. grid.Cells.Where((_, i) => !outlying[i])];
    }

    private static void MakeCustomerClusters(IEngine engine, CellGrid grid, FeatureSpace space, ClusterFit fit)
    {
        var (k, dimensions) = (fit.Centres.Length, space.Dimensions);
        engine.Put(ClusterTables.FinalCentroids(k, dimensions), [fit], (made, row) =>
        {
            foreach (var centre in made.Centres) foreach (var x in centre) row.Double(x);
            foreach (var sums in made.Sums) foreach (var s in sums.Sums) row.Double((double)s / Math.Max(1, sums.Customers));
            foreach (var (sums, centre) in made.Sums.Zip(made.Centres)) row.Double(sums.Spread(centre));
            foreach (var sums in made.Sums) row.Double(sums.Customers > 1 ? sums.Customers / (sums.Customers - 1.0) : 0);
        });
        var nearest = new NearestSql(k, dimensions);
        engine.Define(Tables.CustomerClusters, Sql.Of("customer_clusters").With("distances", nearest.Distances()).With("mean_distances", nearest.MeanDistances()).With("means", nearest.Means())
            .With("label", nearest.Label()).With("silhouette", nearest.Silhouette()).With("cut", grid.Cut()).With("same_cell", SameCell(space)));
    }

    private static SqlExpression SameCell(FeatureSpace space) => space.Each("cut.key# = outlier_cells.key#", " AND ");

    private static string Others(ChoiceOfK choice, ClustersConfig config) =>
        string.Join(", ", choice.Taken.Where(t => t.Key != config.Choice).Select(t => string.Create(CultureInfo.InvariantCulture, $"{ChoiceOfK.Name(t.Key)} takes {t.Value}")));
}

/// <summary>What deserves a line in the log, and what a warning.</summary>
public sealed record ClustersMade(IReadOnlyList<string> Notes, IReadOnlyList<string> Warnings);
