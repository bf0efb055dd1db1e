using System.Diagnostics;
using System.Globalization;
using RfmSpark.Campaigns;
using RfmSpark.Channels;
using RfmSpark.Clusters;
using RfmSpark.Clv;
using RfmSpark.Cohorts;
using RfmSpark.Engine;
using RfmSpark.Intake;
using RfmSpark.Migration;
using RfmSpark.Periods;
using RfmSpark.Prices;
using RfmSpark.Rfm;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark;

/// <summary>From orders to published tables. Every line makes the tables on its right; a run reads the orders once and may look from several days.</summary>
public sealed class Pipeline(IEngine engine, JobConfig config, SegmentsFile segments, CampaignsFile campaigns, IRunLog log)
{
    private readonly LegendCheck _legend = segments.Choose(config.Rfm.Legend, config.Rfm.Bins);
    private readonly PersonaSet _personas = segments.ChoosePersonas(config.Clusters.Personas);
    private readonly CampaignMatrix _campaigns = ChooseMatrix(config, segments, campaigns);
    private OrdersRead _orders = null!;
    private ChannelSpend? _spend;
    private IReadOnlyList<string> _paths = [];
    private TimeSpan _readTime;

    /// <summary>Reads the orders; nothing is published by it.</summary>
    /// <exception cref="DataFault">They are missing or wrong.</exception>
    public OrdersRead Read(IReadOnlyList<string> paths)
    {
        if (_legend.Note() is { } note) log.Warn(note);
        _paths = paths;
        var start = Stopwatch.GetTimestamp();
        using (log.Stage("orders"))
            _orders = Orders.Load(engine, config.Orders, paths);                                                        // files            → customer_days, rejected_samples
        if (config.Channels.SpendFile is { } file) _spend = ChannelSpend.Read(engine, file, config.Orders);                 // spend file
        _readTime = Stopwatch.GetElapsedTime(start);
        log.Info(string.Create(CultureInfo.InvariantCulture, $"orders: {_orders.Rows:N0} rows in = {_orders.Kept:N0} kept + {_orders.Rejected.Values.Sum():N0} rejected; last order {_orders.LastOrder:yyyy-MM-dd}"));
        foreach (var (reason, rows) in _orders.Rejected) log.Info(string.Create(CultureInfo.InvariantCulture, $"orders: {rows:N0} rejected as {reason}"));
        if (_orders.RepeatedLines(_orders.LastOrder) is > 0 and var repeated) log.Info(string.Create(CultureInfo.InvariantCulture, $"orders: {repeated:N0} lines repeat another in every column, and are kept (orders.duplicates)"));
        return _orders;
    }

    /// <summary>Makes and publishes the tables of one day under <paramref name="output"/>. <see cref="Read"/> comes before it.</summary>
    public RunRecord Publish(DateOnly asOf, string output, RunClock clock)
    {
        var run = new RunRecord(asOf, clock.Now(), engine.Version, _paths, config, _orders);
        run.Took("orders", _readTime);
        var periods = PeriodBits.Of(config.Cohorts.Period, _orders.Days.Keys.Where(day => day <= asOf));
        var runs = FinishedRun.All(engine, output);                                                                         // runs so far
        var earlier = EarlierDay.Before(asOf, config.Migration.Lookback, runs);
        if (_legend.Note() is { } note) run.Warnings.Add(note);
        using (Timed("summary"))
            CustomerSums.Make(engine, config.Rfm, periods, earlier, asOf);                                              // customer_days    → customer_sums, customer_summary
        ScoresMade scores;
        ClustersMade clusters;
        ValuesMade values;
        using (Timed("scores"))
            scores = Scores.Make(engine, config.Rfm, asOf);                                                             // customer_summary  → customer_scores, score_bands
        using (Timed("clusters"))
            clusters = Clustering.Make(engine, config.Clusters, scores, _personas, asOf);                               // customer_scores  → customer_clusters, cluster_facts, cluster_choice, cluster_features
        using (Timed("clv"))
            values = LifetimeValue.Make(engine, config.Clv, asOf);                                                      // customer_summary, customer_clusters → customer_values, clv_model, clv_validation
        foreach (var line in scores.Notes.Concat(clusters.Notes).Concat(values.Notes)) log.Info(line);
        foreach (var warning in clusters.Warnings.Concat(values.Warnings)) Warn(warning);
        using (Timed("segments"))
        {
            Segments.Make(engine, _legend.Legend, segments.Overall, config.Rfm.Weights, values.TierCuts, config.Orders.Columns.ContainsKey("store"), asOf);   // customer_values   → segmented_customers, segment_summary
            engine.Create(Tables.ClusterProfile, Sql.Of("cluster_profile").With("as_of", asOf));                        // segment_summary, cluster_facts → cluster_profile
            engine.Drop(WorkTables.CustomerValues);
            Orders.MakeRejected(engine, _orders, asOf);                                                                 // rejected_samples → orders_rejected
            run.Count(engine);
        }
        using (Timed("cohorts"))
            CohortRetention.Make(engine, periods, asOf);                                                                // customer_days, customer_sums, segmented_customers → cohort_retention
        using (Timed("campaigns"))
            CampaignPlan.Make(engine, config.Campaigns, config.Clv.Margin, _campaigns, asOf);                                             // segmented_customers → campaign_plan
        ChannelsMade channels;
        using (Timed("channels"))
            channels = ChannelPerformance.Make(engine, config.Channels, _spend, config.Orders.Columns.ContainsKey("channel"), _orders.FirstOrder, asOf);   // place_days, segmented_customers → channel_performance
        foreach (var warning in channels.Warnings) Warn(warning);
        using (Timed("prices"))
            PriceSensitivity.Make(engine, config.Orders, asOf);                                                         // product_lines, segmented_customers → price_sensitivity
        using (Timed("migration"))
        {
            var rules = new SegmentRules(scores, clusters.Rules, values.Rules, values.TierCuts);
            var migration = SegmentMigration.Make(engine, rules, _legend.Legend, earlier, config.Cohorts.Period, channels.RoiByTier, runs, run.Configuration, asOf);   // customer_sums, segmented_customers, runs → earlier_customers, last_segments, segment_migration, segment_changes, segment_metrics
            CustomerSums.Drop(engine, periods);
            log.Info(migration.Note);
            foreach (var warning in migration.Warnings) Warn(warning);
        }
        CampaignPlan.PutCells(engine, _campaigns);                                                                      //                  → campaign_cells
        engine.Define(Tables.CustomerSegments, Sql.Of("customer_segments").With("by_persona", config.Campaigns.By == CampaignsBy.Persona));   // segmented_customers, campaign_cells, last_segments → customer_segments
        using (Timed("publish"))
            foreach (var table in Tables.Published.Where(t => t != Tables.Runs)) Save(table);
        run.Put(engine);                                                                                                // the run itself   → runs
        Save(Tables.Runs);
        foreach (var table in new[] { Tables.CustomerSegments, Tables.SegmentChanges, WorkTables.SegmentedCustomers, WorkTables.EarlierCustomers, WorkTables.LastSegments, Tables.CustomerHorizons }) engine.Drop(table);
        log.Info(run.Summary());
        log.Finished(run.ToJson());
        return run;

        void Warn(string warning)
        {
            run.Warnings.Add(warning);
            log.Warn(warning);
        }
        IDisposable Timed(string stage) => run.Time(stage, log.Stage(stage));
        void Save(Table table) => run.Versions[table.Name] = engine.Save(table, new Publication(System.IO.Path.Combine(output, table.Name), asOf, run.Number));
    }

    private static CampaignMatrix ChooseMatrix(JobConfig config, SegmentsFile segments, CampaignsFile campaigns) => config.Campaigns.By == CampaignsBy.Persona
        ? campaigns.Choose(config.Clusters.Personas, [.. segments.ChoosePersonas(config.Clusters.Personas).Personas.Select(p => p.Name)]).WithNumbered(config.Clusters.MostTried)
        : campaigns.Choose(config.Rfm.Legend, segments.Choose(config.Rfm.Legend, config.Rfm.Bins).Legend.Names);
}
