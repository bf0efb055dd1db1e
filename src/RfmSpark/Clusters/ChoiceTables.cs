using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Clusters;

/// <summary>What was tried and how customers were scaled, as tables.</summary>
internal static class ChoiceTables
{
    /// <summary>Keeps the candidates as <c>cluster_choice</c>.</summary>
    internal static void PutChoice(IEngine engine, IReadOnlyList<Candidate> candidates, ChoiceOfK choice, ClustersConfig config, FitFacts fit, IReadOnlyList<string> notes, DateOnly asOf) =>
        engine.Put(Tables.ClusterChoice, candidates, (candidate, row) =>
        {
            var within = candidate.Fit.Within;
            var before = candidate.K == 1 ? (double?)null : candidates[candidate.K - 2].Fit.Within;
            row.Date(asOf);
            row.Long(candidate.K);
            row.Double(within);
            row.DoubleOrNull(before > 0 ? 1 - (within / before) : null);
            row.DoubleOrNull(candidate.Silhouette);
            row.DoubleOrNull(candidate.Euclidean);
            row.DoubleOrNull(candidate.Gap?.Value);
            row.DoubleOrNull(candidate.Gap?.StandardError);
            row.DoubleOrNull(candidate.Stability?.MeanJaccard);
            row.DoubleOrNull(candidate.Stability?.AdjustedRand);
            row.DoubleOrNull(candidate.Restarts);
            row.Text(choice.RulesFor(candidate.K));
            if (candidate.K != choice.Chosen)
            {
                row.Long(0);
                for (var column = 0; column < 6; column++) row.Null();
                return;
            }
            row.Long(1);
            row.Text(SettingName.Of(config.Method));
            row.Long(fit.Steps);
            row.Long(fit.Rested ? 1 : 0);
            row.Double(fit.Within);
            row.DoubleOrNull(fit.Excess);
            row.Text(notes.Count == 0 ? null : string.Join("; ", notes));
        });

    /// <summary>Keeps the scales as <c>cluster_features</c>.</summary>
    internal static void PutFeatures(IEngine engine, ClusterDescription clusters, ClustersConfig config, DateOnly asOf) =>
        engine.Put(Tables.ClusterFeatures, clusters.Space.Scales.Select((scale, i) => (Scale: scale, Effect: clusters.Effect(i))), (feature, row) =>
        {
            row.Date(asOf);
            row.Text(SettingName.Of(feature.Scale.Feature));
            row.Text(SettingName.Of(config.Scaling));
            row.Double(feature.Scale.Low);
            row.Double(feature.Scale.High);
            row.Double(feature.Scale.Capped);
            row.Double(feature.Scale.Centre);
            row.Double(feature.Scale.Width);
            row.DoubleOrNull(feature.Effect.F);
            row.DoubleOrNull(feature.Effect.EtaSquared);
        });
}
