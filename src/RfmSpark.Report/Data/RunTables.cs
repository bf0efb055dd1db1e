using RfmSpark.Engine;
using RfmSpark.Intake;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.Report.Data;

/// <summary>All that the page tells of a run, out of its tables and, for what changes with time, those of the runs before it.</summary>
internal sealed record RunTables(IReadOnlyList<RunFacts> Runs, IReadOnlyList<Rejection> Rejected, IReadOnlyList<SegmentFacts> Segments,
    IReadOnlyList<SegmentFacts> SegmentHistory, IReadOnlyList<CustomerGroup> Groups, IReadOnlyList<TopCustomer> Top, LargestCustomer? Largest, OrderDays? Days, IReadOnlyList<ClusterFacts> Clusters,
    IReadOnlyList<ClusterChoice> Choices, IReadOnlyList<FeatureFacts> Features, IReadOnlyList<SampledCustomer> Sample, LorenzCurve? Lorenz,
    IReadOnlyList<CohortPeriod> Cohorts, IReadOnlyList<Movement> Movements, MovementStart? MovementStart, EarlyWarnings Warnings,
    IReadOnlyList<MetricPoint> Metrics, IReadOnlyList<ChannelFacts> Channels, IReadOnlyList<PriceFacts> Prices,
    IReadOnlyList<CampaignFacts> Campaigns, IReadOnlyList<ModelFacts> Models, IReadOnlyList<HeldOut> HeldOut)
{
    private const string AllSummaries = "segment_summary_of_all_runs", AllMetrics = "segment_metrics_of_all_runs";

    /// <summary>Cohorts on the page at most.</summary>
    internal const int MostCohorts = 24;

    /// <summary>Whether actions and campaigns go by persona, not by segment.</summary>
    internal bool IsByPersona => Run.Setting("campaigns.by") != "segment";

    /// <summary>The period of cohorts, as a word.</summary>
    internal string PeriodOfCohorts => Run.Setting("cohorts.period") ?? "month";

    /// <summary>The run that the page is of.</summary>
    internal RunFacts Run => Runs[^1];

    /// <summary>The run of the day before that; null if it is the first.</summary>
    internal RunFacts? Before => Runs.Count > 1 ? Runs[^2] : null;

    /// <summary>Records that are no order lines; those dated after the day are good ones, for a later day.</summary>
    internal long RejectedAsWrong => Rejected.Where(r => r.Reason != OrdersRead.AfterAsOf).Sum(r => r.Lines);

    /// <summary>Why values rest on too little to be acted upon; null if they do not.</summary>
    internal string? ForecastDoubt => Models.SelectMany(m => m.Note?.Split("; ") ?? []).FirstOrDefault(note => note.Contains(RfmSpark.Clv.LifetimeValue.Unreliable, StringComparison.Ordinal));

    /// <summary>How far the forecast was off where it could be tested, if that was far and beyond chance; null if not, or if nobody is to rely on it anyway.</summary>
    internal string? ForecastError => ForecastDoubt is null && HeldOut.Count > 0
        && Models.FirstOrDefault(m => m.IsChosen && m.HeldOutError is not null) is { HeldOutError: { } error, HeldOutChance: var chance }
        && Math.Abs(error) > Math.Max(RfmSpark.Clv.LifetimeValue.LargeError, chance ?? 0)
            ? $"tested on the last {Words.Of(HeldOut[0].Weeks, "week")}, the forecast was {Numbers.Percent(Math.Abs(error), 0)} too {(error > 0 ? "high" : "low")}"
            : null;

    /// <summary>What CLV counts, as a word.</summary>
    internal string ClvIs => Run.Number("clv.margin") == 1 && Run.Setting("clv.marginBy") is null or "none" ? "revenue" : "margin";

    /// <summary>The cohorts that a page is wide enough for.</summary>
    internal IReadOnlyList<CohortPeriod> RecentCohorts => [.. Cohorts.GroupBy(c => c.Cohort).OrderBy(cohort => cohort.Key).TakeLast(MostCohorts).SelectMany(cohort => cohort)];

    /// <summary>How the page writes money.</summary>
    internal Numbers Numbers => new(Asked?.Currency ?? Run.Setting("report.currency"));

    /// <summary>The heading of the page; null if nobody has named one.</summary>
    internal string? Title => Asked?.Title ?? Run.Setting("report.title");

    /// <summary>Settings of the page that stand in for those of the run, where they say anything.</summary>
    internal ReportConfig? Asked { get; init; }

    /// <summary>The segments of a scheme, the largest first.</summary>
    internal IReadOnlyList<SegmentFacts> Of(string scheme) => [.. Segments.Where(s => s.Scheme == scheme)];

    /// <summary>Reads it.</summary>
    /// <exception cref="ConfigFault">The run was by an older version of this program, without some table or column.</exception>
    internal static RunTables Read(IEngine engine, FinishedRun run)
    {
        foreach (var table in RfmSpark.Tables.Published.Where(t => t != RfmSpark.Tables.Runs)) run.OpenComplete(engine, table);
        run.OpenAllDays(engine, RfmSpark.Tables.SegmentSummary, AllSummaries);
        run.OpenAllDays(engine, RfmSpark.Tables.SegmentMetrics, AllMetrics);
        run.OpenAllDays(engine, RfmSpark.Tables.Runs, RfmSpark.Tables.Runs.Name);
        var runs = RunFacts.UpTo(engine, run);
        var days = runs.Select(r => r.Day).ToHashSet();
        var clusters = ClusterFacts.Read(engine);
        return new RunTables(runs, Rejection.Read(engine), SegmentFacts.Read(engine),
            [.. SegmentFacts.ReadHistory(engine, AllSummaries).Where(s => days.Contains(s.Day))], CustomerGroup.Read(engine), TopCustomer.Read(engine), LargestCustomer.Read(engine), OrderDays.Read(engine),
            clusters, ClusterChoice.Read(engine), FeatureFacts.Read(engine), SampledCustomer.Read(engine, clusters), LorenzCurve.Read(engine),
            CohortPeriod.Read(engine), Movement.Read(engine), MovementStart.Read(engine), EarlyWarnings.Read(engine),
            [.. MetricPoint.ReadHistory(engine, AllMetrics).Where(m => days.Contains(m.Day))],
            ChannelFacts.Read(engine), PriceFacts.Read(engine), CampaignFacts.Read(engine), ModelFacts.Read(engine), Data.HeldOut.Read(engine));
    }
}
