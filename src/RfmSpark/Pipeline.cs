using System.Diagnostics;
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
using RfmSpark.Segmentation;
using RfmSpark.Settings;

namespace RfmSpark;

/// <summary>From orders to published tables: above each stage stands what it reads → what it makes. A run reads the orders once, and may look from several days.</summary>
public sealed class Pipeline(IEngine engine, JobConfig config, SegmentsFile segments, CampaignsFile campaigns, IRunLog log)
{
    // What publishing reads, and no stage has dropped before.
    private static readonly Table[] Kept =
        [Tables.CustomerSegments, Tables.SegmentChanges, WorkTables.SegmentedCustomers, WorkTables.EarlierCustomers, WorkTables.LastSegments, Tables.CustomerHorizons];

    private readonly LegendCheck _legend = segments.Choose(config.Rfm.Legend, config.Rfm.Bins);
    private readonly PersonaSet _personas = segments.ChoosePersonas(config.Clusters.Personas);
    private readonly CampaignMatrix _campaigns = ChooseMatrix(config, segments, campaigns);

    /// <summary>Reads the orders; nothing is published by it.</summary>
    /// <exception cref="DataFault">They are missing or wrong.</exception>
    public PipelineInput Read(IReadOnlyList<string> paths)
    {
        if (_legend.Note() is { } note) log.Warn(note);
        var start = Stopwatch.GetTimestamp();
        OrdersRead orders;
        // files → customer_days, place_days, product_lines, rejected_samples
        using (log.Stage("orders")) orders = Orders.Load(engine, config.Orders, paths);
        var spend = config.Channels.SpendFile is { } file ? ChannelSpend.Read(engine, file, config.Orders) : null;
        var time = Stopwatch.GetElapsedTime(start);
        if (!orders.HavePurchase)
            throw new DataFault($"orders: no customer of {string.Join(", ", paths)} has a purchase (a day that comes to more than zero): "
                + $"there are only returns, or lines that come to nothing. Look at the mapping of amount, and at orders.returns.");
        if (config.Report.Currency is { } told && orders.CurrencyCode is { } named && told != named)
            throw new DataFault($"orders: the lines are in {named}, but report.currency is {told}. Leave it out: the page takes the currency of the orders.");
        foreach (var line in orders.Summary()) log.Info("orders: " + line);
        return new PipelineInput(paths, orders, spend, time);
    }

    /// <summary>Makes and publishes the tables of one day under <paramref name="output"/>, of what <see cref="Read"/> has read.</summary>
    public RunRecord Publish(PipelineInput input, DateOnly asOf, string output, RunClock clock)
    {
        var orders = input.Orders;
        var runs = FinishedRun.All(engine, output);
        var run = new RunRecord(asOf, clock.After(runs), engine.Version, input.Paths, WithCurrencyOf(orders), orders);
        run.Took("orders", input.Time);
        if (_legend.Note() is { } note) run.Warnings.Add(note);
        Warn(run, new[] { orders.StaleAt(asOf), orders.TwiceAt(asOf) }.OfType<string>());
        var periods = PeriodBits.Of(config.Cohorts.Period, orders.Days.Keys.Where(day => day <= asOf));
        var earlier = EarlierDay.Before(asOf, config.Migration.Lookback, runs);

        // customer_days → customer_sums, customer_summary
        using (Timed(run, "summary")) CustomerSums.Make(engine, config.Rfm, periods, earlier, asOf);
        // customer_summary → customer_scores, score_bands
        var scores = Made(run, "scores", () => Scores.Make(engine, config.Rfm, asOf));
        // customer_scores, runs → customer_clusters, cluster_facts, cluster_choice, cluster_features
        var clusters = Made(run, "clusters", () => Clustering.Make(engine, config.Clusters, scores, _personas, runs, asOf));
        // customer_summary, customer_clusters → customer_values, clv_model, clv_validation, customer_horizons
        var values = Made(run, "clv", () => LifetimeValue.Make(engine, config.Clv, asOf));
        foreach (var line in scores.Notes.Concat(clusters.Notes).Concat(values.Notes)) log.Info(line);
        Warn(run, clusters.Warnings.Concat(values.Warnings));
        // customer_values → segmented_customers, segment_summary; these, cluster_facts, rejected_samples → cluster_profile, orders_rejected
        using (Timed(run, "segments")) MakeSegments(run, orders, values, asOf);
        // customer_days, customer_sums, segmented_customers → cohort_retention
        using (Timed(run, "cohorts")) CohortRetention.Make(engine, periods, asOf);
        // segmented_customers → campaign_plan
        var paid = Made(run, "campaigns", () => CampaignPlan.Make(engine, config.Campaigns, config.Clv.Margin, _campaigns, asOf));
        // place_days, segmented_customers, the spend file → channel_performance
        var channels = Made(run, "channels", () =>
            ChannelPerformance.Make(engine, config.Channels, input.Spend, config.Orders.Columns.ContainsKey("channel"), orders.FirstOrder, asOf));
        Warn(run, channels.Warnings);
        // product_lines, segmented_customers → price_sensitivity
        using (Timed(run, "prices")) PriceSensitivity.Make(engine, config.Orders, asOf);
        var rules = new SegmentRules(scores, clusters.Rules, values.Rules, values.TierCuts);
        // customer_sums, segmented_customers, runs → earlier_customers, last_segments, segment_migration, segment_changes, segment_metrics
        var migration = Made(run, "migration", () =>
            SegmentMigration.Make(engine, rules, _legend.Legend, earlier, config.Cohorts.Period, channels.RoiByTier, runs, run.Configuration, asOf));
        CustomerSums.Drop(engine, periods);
        log.Info(migration.Note);
        Warn(run, migration.Warnings);
        // segmented_customers → contact_places; these, campaign_cells, last_segments → customer_segments
        CampaignPlan.PutCells(engine, config.Campaigns.By, _campaigns, paid);
        engine.Define(Tables.CustomerSegments, Sql.Of("customer_segments").With("by_persona", config.Campaigns.By == CampaignsBy.Persona));

        using (Timed(run, "publish"))
            foreach (var table in Tables.Published.Where(t => t != Tables.Runs)) Save(run, table, output, asOf);
        // The run itself comes last: one that is there is complete.
        run.Put(engine);
        Save(run, Tables.Runs, output, asOf);
        foreach (var table in Kept) engine.Drop(table);
        log.Info(run.Summary());
        log.Finished(run.ToJson());
        return run;
    }

    private JobConfig WithCurrencyOf(OrdersRead orders) => config with { Report = config.Report with { Currency = config.Report.Currency ?? orders.CurrencyCode } };

    private void MakeSegments(RunRecord run, OrdersRead orders, ValuesMade values, DateOnly asOf)
    {
        Segments.Make(engine, _legend.Legend, segments.Overall, config.Rfm.Weights, values.TierCuts, config.Orders.Columns.ContainsKey("store"), asOf);
        engine.Create(Tables.ClusterProfile, Sql.Of("cluster_profile").With("as_of", asOf));
        engine.Drop(WorkTables.CustomerValues);
        Orders.MakeRejected(engine, orders, asOf);
        run.Count(engine);
    }

    private void Save(RunRecord run, Table table, string output, DateOnly asOf) =>
        run.Versions[table.Name] = engine.Save(table, new Publication(System.IO.Path.Combine(output, table.Name), asOf, run.Number));

    private IDisposable Timed(RunRecord run, string stage) => run.Time(stage, log.Stage(stage));

    private T Made<T>(RunRecord run, string stage, Func<T> make)
    {
        using (Timed(run, stage)) return make();
    }

    private void Warn(RunRecord run, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
        {
            run.Warnings.Add(warning);
            log.Warn(warning);
        }
    }

    private static CampaignMatrix ChooseMatrix(JobConfig config, SegmentsFile segments, CampaignsFile campaigns) => config.Campaigns.By == CampaignsBy.Persona
        ? campaigns.Choose(config.Clusters.Personas, [.. segments.ChoosePersonas(config.Clusters.Personas).Personas.Select(p => p.Name)]).WithNumbered(config.Clusters.MostTried)
        : campaigns.Choose(config.Rfm.Legend, segments.Choose(config.Rfm.Legend, config.Rfm.Bins).Legend.Names);
}
