using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Numerics;
using RfmSpark.Rfm;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.Clusters;

/// <summary>Clusters of customers: chosen and started here on cells of a grid, moved and labelled in SQL over the customers.</summary>
public static class Clustering
{
    /// <summary>Makes <c>customer_clusters</c>, <c>cluster_facts</c>, <c>cluster_choice</c> and <c>cluster_features</c>; returns what deserves a line in the log, and what a warning.</summary>
    public static ClustersMade Make(IEngine engine, ClustersConfig config, ScoresMade scores, PersonaSet personas, IReadOnlyList<FinishedRun> runs, DateOnly asOf)
    {
        var space = FeatureSpace.Of(engine, config, scores, asOf);
        var (dimensions, buckets) = (space.Dimensions, CentreFit.Buckets(space.Customers));
        engine.Create(ClusterTables.CustomerFeatures(dimensions),
            Sql.Of("customer_features").With("bucket", CentreFit.Bucket(buckets)).With("features", space.Features()));   // customer_scores → customer_features

        var grid = CellGrid.Read(engine, space);                                                                                            // customer_features → cells
        var outlying = DensityOutliers.Noise(grid.Points(grid.Cells), (double)config.OutlierRadius, config.OutlierWeight);
        var fitted = Fitted(engine, grid, outlying, config, space);                                                                         // cells             → outlier_cells, fit_points
        var candidates = Candidate.Try(grid, fitted, config.MostTried, config);
        var choice = ChoiceOfK.Of(candidates, config);
        var chosen = candidates[choice.Chosen - 1];
        var fit = new CentreFit(engine, space, grid.Points(fitted), buckets).Run(config.Method, chosen.Fit);                                // fit_points        → centres

        var clusters = new ClusterDescription(space, fit, chosen, scores, personas, EarlierName.Read(engine, runs, asOf));
        MakeCustomerClusters(engine, grid, space, fit, withoutOutliers: fitted.Count < grid.Cells.Count);                           // customer_features → customer_clusters
        clusters.PutFacts(engine);
        ChoiceTables.PutFeatures(engine, clusters, config, asOf);

        var facts = new FitFacts(clusters.Within, chosen.Fit.Within, fit.Steps, fit.Rested, config.Outliers == OutliersInFit.LeaveOut && outlying.All(o => o));
        IReadOnlyList<string> warnings = [.. choice.Note is { } note ? [note] : Array.Empty<string>(), .. facts.Warnings()];
        ChoiceTables.PutChoice(engine, candidates, choice, config, facts, warnings, asOf);
        foreach (var table in new[] { ClusterTables.FitPoints(dimensions), ClusterTables.CustomerFeatures(dimensions) }) engine.Drop(table);

        var outliers = grid.Cells.Zip(outlying).Where(c => c.Second).Sum(c => c.First.Customers);
        return new ClustersMade(new ClusterRules(space, fit.Centres.Length), [
            string.Create(CultureInfo.InvariantCulture,
                $"clusters: k = {choice.Chosen} "
                    + $"({string.Join("; ", new[] { SettingName.Of(config.Choice), choice.OtherRules(config.Choice) }.Where(rule => rule.Length > 0))}); "
                    + $"{facts}; {outliers:N0} outliers"),
            .. space.Scales.Where(s => s.Low == s.High).Select(s => $"clusters: {SettingName.Of(s.Feature)} is the same for all customers"
                + $"{(s.Capped > 0 ? ", capped as clusters.winsorize says" : "")}, so it tells none apart"),
        ], [.. warnings.Select(w => "clusters: " + w)]);
    }

    // The cells that centres are fitted to, and the customers in them.
    private static IReadOnlyList<GridCell> Fitted(IEngine engine, CellGrid grid, bool[] outlying, ClustersConfig config, FeatureSpace space)
    {
        engine.Put(ClusterTables.OutlierCells(space.Dimensions), grid.Cells.Where((_, i) => outlying[i]), (cell, row) =>
        {
            foreach (var key in cell.Keys) row.Long(key);
        });
        if (config.Outliers == OutliersInFit.Include || outlying.All(o => o))
        {
            engine.Define(ClusterTables.FitPoints(space.Dimensions),
                Sql.Inline("SELECT bucket, recency_days, frequency, monetary, {{points}} FROM customer_features").With("points", space.Each("x#")));
            return grid.Cells;
        }
        engine.Create(ClusterTables.FitPoints(space.Dimensions), Sql.Of("fit_points").With("points", space.Each("x#")).With("cut", grid.Cut()).With("same_cell", SameCell(space)));
        return [.. grid.Cells.Where((_, i) => !outlying[i])];
    }

    private static void MakeCustomerClusters(IEngine engine, CellGrid grid, FeatureSpace space, ClusterFit fit, bool withoutOutliers)
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
        // Kept, though read once: together with what is made of it the code that a cluster generates would be too long for its virtual machine to compile.
        engine.Create(WorkTables.CustomerClusters, Sql.Of("customer_clusters").With("distances", nearest.Distances()).With("mean_distances", nearest.MeanDistances()).With("means", nearest.Means())
            .With("label", nearest.Label()).With("own", nearest.Own(withoutOutliers)).With("other", nearest.Other()).With("cut", grid.Cut()).With("same_cell", SameCell(space)));
    }

    private static SqlExpression SameCell(FeatureSpace space) => space.Each("cut.key# = outlier_cells.key#", " AND ");
}

/// <summary>How customers are given to clusters, what deserves a line in the log, and what a warning.</summary>
public sealed record ClustersMade(ClusterRules Rules, IReadOnlyList<string> Notes, IReadOnlyList<string> Warnings);
