using System.Globalization;

namespace RfmSpark.EngineTests.Migration;

/// <summary>Migration against what runs of both days say, and against rules that do not depend on the day.</summary>
public sealed class SegmentMigrationTests : IDisposable
{
    // Cut at fixed values, a customer's segment on a day is the same whichever day the rules are of.
    private static readonly string[] FixedCuts =
    [
        "rfm.bins=3", "rfm.legend=klaviyo", "rfm.recencyThresholds=30,120", "rfm.frequencyThresholds=1,3", "rfm.monetaryThresholds=30,100",
        "clusters.replicates=1", "clusters.restarts=1", "clusters.mostClusters=4",
    ];
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableTheory]
    [InlineData("1m", "1997-09-01")]
    [InlineData("7d", "1997-09-24")]
    [InlineData("2w", "1997-09-17")]
    public void A_computed_snapshot_has_the_segments_that_a_run_of_that_day_would_publish(string lookback, string earlier)
    {
        var file = Requires.Data("cdnow_sample.csv");
        using var then = new TestJob();
        then.Run(file, earlier, "cdnow", FixedCuts);
        _job.Run(file, "1997-10-01", "cdnow", [.. FixedCuts, "migration.lookback=" + lookback]);

        var moves = Moves(then.Rows("customer_segments", "customer_id, segment, first_order"), _job.Rows("customer_segments", "customer_id, segment, first_order, monetary"));
        Assert.Equal(moves, _job.Rows("segment_migration", "cohort, from_segment, to_segment, customers, revenue", "WHERE scheme = 'rfm'").Order(StringComparer.Ordinal));
        Assert.Equal([$"{earlier}|computed"], _job.Rows("segment_migration", "DISTINCT from_as_of, snapshot"));
    }

    [Fact]
    public void Customers_of_a_computed_day_are_scored_by_the_edges_that_are_published()
    {
        _job.Run(
            _job.Write(
                "orders.csv", "customer_id,order_date,amount\na,2024-03-31,10\nb,2024-03-21,10\nc,2024-03-11,10\nd,2024-03-01,10\ne,2024-02-20,10\n"),
            "2024-03-31", null, "migration.lookback=7d");

        // Score 3 of recency reaches to 24 days: d, of 30 days now, had 23 then, a recency that nobody has now.
        Assert.Equal(["24"], _job.Rows("score_bands", "upper_edge", "WHERE scheme = 'score' AND measure = 'recency' AND score = 3"));
        Assert.Equal(["New|Hibernating"], _job.Rows("segment_changes", "from_segment, to_segment", "WHERE customer_id = 'd'"));
    }

    [Fact]
    public void Where_nobody_has_a_tier_on_either_day_there_is_none_to_move_between()
    {
        _job.Run(
            _job.Write(
                "orders.csv",
                "customer_id,order_date,amount\n"
                + string.Concat(Enumerable.Range(0, 90).Select(i => $"C{i},{new DateOnly(2026, 1, 1).AddDays(i):yyyy-MM-dd},{1 + (i % 7)}\n"))),
            "2026-04-01");

        Assert.Equal(["0"], _job.Rows("customer_segments", "COUNT(clv_tier)"));
        Assert.Equal(["persona", "rfm", "value_segment"], _job.Rows("segment_migration", "DISTINCT scheme", "ORDER BY scheme"));
    }

    [SkippableFact]
    public void The_run_of_the_day_is_taken_as_it_was_published_by_whatever_rules()
    {
        var file = Requires.Data("cdnow_sample.csv");
        _job.Run(file, "1997-09-01", "cdnow", "clusters.replicates=1", "clusters.restarts=1", "rfm.legend=rf-grid");
        _job.Run(file, "1997-10-01", "cdnow", "clusters.replicates=1", "clusters.restarts=1");

        foreach (var (scheme, column) in new[] { ("rfm", "segment"), ("persona", "persona"), ("value_segment", "value_segment"), ("clv_tier", "clv_tier") })
        {
            Assert.Equal(
                Moves(
                    _job.Rows("customer_segments", $"customer_id, {column}, first_order", "WHERE as_of = DATE '1997-09-01'"),
                    _job.Rows("customer_segments", $"customer_id, {column}, first_order, monetary", "WHERE as_of = DATE '1997-10-01'")),
                _job.Rows("segment_migration", "cohort, from_segment, to_segment, customers, revenue", $"WHERE scheme = '{scheme}' AND as_of = DATE '1997-10-01'").Order(StringComparer.Ordinal));
        }
        Assert.Equal(["1997-08-01|1997-09-01|computed", "1997-09-01|1997-10-01|published"], _job.Rows("segment_migration", "DISTINCT from_as_of, as_of, snapshot").Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void Days_that_were_valued_by_other_models_are_compared_with_a_warning()
    {
        var orders = Requires.Data("cdnow_sample.csv");
        string[] settings = ["clusters.replicates=1", "clusters.restarts=1"];
        _job.Run(orders, "1997-11-30", "cdnow", [.. settings, "clv.model=bgNbd"]);
        _job.Run(orders, "1997-12-31", "cdnow", [.. settings, "clv.model=bgNbd"]);
        Assert.DoesNotContain(_job.Log.Lines, line => line.Contains("valued by", StringComparison.Ordinal));
        _job.Run(orders, "1998-01-31", "cdnow", [.. settings, "clv.model=paretoNbd", "clv.margin=0.3"]);

        Assert.Single(_job.Log.Lines, line => line.StartsWith("WARN migration: as of 1997-12-31 customers were valued by BG/NBD, now by Pareto/NBD", StringComparison.Ordinal));
        Assert.Single(_job.Log.Lines, line => line.StartsWith("WARN migration: the run as of 1997-12-31 had other settings (clv.model, clv.margin)", StringComparison.Ordinal));
    }

    [Fact]
    public void Days_that_were_segmented_by_other_settings_are_compared_with_a_warning()
    {
        var orders = _job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-05,20\nA,2026-01-20,30\nC,2026-02-20,30\n");
        _job.Run(orders, "2026-01-31", null, "rfm.frequency=days");
        _job.Run(orders, "2026-02-28", null, "rfm.frequency=days");
        Assert.DoesNotContain(_job.Log.Lines, line => line.Contains("other settings", StringComparison.Ordinal));
        _job.Run(orders, "2026-03-28", null, "rfm.bins=3", "rfm.legend=klaviyo", "orders.returns=gross");

        Assert.Single(
            _job.Log.Lines,
            line => line.StartsWith(
                "WARN migration: the run as of 2026-02-28 had other settings (rfm.frequency, rfm.bins, rfm.legend, orders.returns)",
                StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("orders.columns.order_id=id", "orders.columns.order_id=", "orders.columns.order_id")]
    [InlineData("clusters.k=2", "clusters.k=3", "clusters.k")]
    [InlineData("clusters.seed=1", "clusters.seed=2", "clusters.seed")]
    // Nothing comes of the number where a rule takes it, nor of a radius where no outlier is left out.
    [InlineData("clusters.k=2,clusters.choice=silhouette", "clusters.k=3,clusters.choice=silhouette", null)]
    [InlineData("clusters.outlierRadius=0.5", "clusters.outlierRadius=0.3", null)]
    [InlineData("clusters.outlierRadius=0.5,clusters.outliers=leaveOut", "clusters.outlierRadius=0.3,clusters.outliers=leaveOut", "clusters.outlierRadius")]
    public void Of_settings_only_those_that_change_what_customers_are_are_told(string then, string now, string? told)
    {
        var orders = _job.Write("orders.csv", "customer_id,id,order_date,amount\n"
            + "A,1,2026-01-01,10\nB,2,2026-01-05,20\nA,3,2026-01-20,30\nA,3,2026-01-20,5\nC,4,2026-02-20,30\n");
        _job.Run(orders, "2026-01-31", null, then.Split(','));
        _job.Run(orders, "2026-02-28", null, now.Split(','));

        var warned = _job.Log.Lines.Where(line => line.Contains("other settings", StringComparison.Ordinal)).ToList();
        if (told is null) Assert.Empty(warned);
        else Assert.Contains($"had other settings ({told})", Assert.Single(warned), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void From_the_last_day_of_a_month_one_looks_back_to_the_run_of_the_last_day_of_another()
    {
        var file = Requires.Data("cdnow_sample.csv");
        foreach (var day in new[] { "1997-08-31", "1997-09-30", "1997-11-30" }) _job.Run(file, day, "cdnow", "clusters.replicates=1", "clusters.restarts=1");

        Assert.Equal(
            ["1997-07-31|1997-08-31|computed", "1997-08-31|1997-09-30|published", "1997-10-30|1997-11-30|computed"],
            _job.Rows("segment_migration", "DISTINCT from_as_of, as_of, snapshot").Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void What_a_killed_run_of_that_day_has_left_is_passed_over()
    {
        var file = Requires.Data("cdnow_sample.csv");
        string[] settings = ["clusters.replicates=1", "clusters.restarts=1"];
        using var then = new TestJob();
        then.Run(file, "1997-09-01", "cdnow", FixedCuts);
        _job.Run(file, "1997-09-01", "cdnow", FixedCuts);
        _job.Run(file, "1997-09-01", "cdnow", [.. settings, "rfm.legend=rf-grid"]);
        // All of the second run's tables are there, but not the row by which a run is finished.
        File.Delete(Path.Combine(_job.Output, "runs", "_delta_log", "00000000000000000001.json"));
        _job.Run(file, "1997-10-01", "cdnow", settings);

        var now = _job.Rows("customer_segments", "customer_id, segment", "WHERE as_of = DATE '1997-10-01'").ToHashSet();
        Assert.Equal(then.Rows("customer_segments", "customer_id, segment").Where(customer => !now.Contains(customer)).Order(StringComparer.Ordinal),
            _job.Rows("segment_changes", "customer_id, from_segment", "WHERE as_of = DATE '1997-10-01'").Order(StringComparer.Ordinal));
        Assert.Equal(
            Moves(
                then.Rows("customer_segments", "customer_id, segment, first_order"),
                _job.Rows("customer_segments", "customer_id, segment, first_order, monetary", "WHERE as_of = DATE '1997-10-01'")),
            _job.Rows("segment_migration", "cohort, from_segment, to_segment, customers, revenue", "WHERE scheme = 'rfm' AND as_of = DATE '1997-10-01'").Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void Each_scheme_adds_up_to_the_customers_of_both_days_and_rates_to_one()
    {
        _job.Run(Requires.Data("cdnow_sample.csv"), "1997-10-01", "cdnow", "clusters.replicates=1", "clusters.restarts=1", "cohorts.period=week");

        var now = _job.Rows("customer_segments", "COUNT(*), SUM(monetary)")[0];
        var schemes = _job.Rows(
            "segment_migration",
            "scheme, SUM(customers), SUM(revenue), COUNT(DISTINCT CASE WHEN from_segment = '(new)' THEN cohort END)",
            "WHERE to_segment <> '(lost to view)' GROUP BY scheme ORDER BY scheme");
        // The sample's customers all began by March, so none is new.
        Assert.Equal(["clv_tier", "persona", "rfm", "value_segment"], schemes.Select(s => s.Split('|')[0]));
        Assert.All(schemes, s => Assert.EndsWith($"|{now}|0", s, StringComparison.Ordinal));
        Assert.All(_job.Rows("segment_migration", "ABS(SUM(rate) - 1) < 1e-12", "GROUP BY scheme, cohort, from_segment"), sum => Assert.Equal("True", sum));
        // Segments' moves come to the tables of segments.
        Assert.Equal(_job.Rows("segment_summary", "scheme, segment, customers, revenue", "WHERE scheme IN ('rfm', 'persona', 'value_segment', 'clv_tier') ORDER BY scheme, segment"),
            _job.Rows("segment_migration", "scheme, to_segment, SUM(customers), SUM(revenue)", "GROUP BY scheme, to_segment ORDER BY scheme, to_segment"));
    }

    [Fact]
    public void Who_is_new_and_who_is_lost_to_view_is_told()
    {
        const string Before = "customer_id,order_date,amount\nA,2026-01-05,10\nB,2026-01-06,20\nB,2026-01-16,20\nC,2026-01-07,30\n";
        _job.Run(_job.Write("before.csv", Before), "2026-02-01");
        _job.Run(_job.Write("after.csv", Before.Replace("C,2026-01-07,30\n", "D,2026-02-10,40\n", StringComparison.Ordinal)), "2026-03-01");

        var moves = _job.Rows("segment_migration", "cohort, from_segment, to_segment, customers, rate, revenue", "WHERE scheme = 'rfm' AND as_of = DATE '2026-03-01'");
        Assert.Contains(moves, m => m.StartsWith("2026-02-01|(new)|", StringComparison.Ordinal) && m.EndsWith("|1|1|40.00", StringComparison.Ordinal));
        Assert.Contains(
            moves,
            m => m.StartsWith("2026-01-01|", StringComparison.Ordinal)
                && m.Contains("|(lost to view)|1|", StringComparison.Ordinal)
                && m.EndsWith("|30.00", StringComparison.Ordinal));
    }

    [Fact]
    public void Before_the_first_order_everybody_is_new()
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-05,10\nB,2026-01-06,20\n"), "2026-01-20");

        Assert.Equal(["2025-12-20|(new)|2"], _job.Rows("segment_migration", "from_as_of, from_segment, SUM(customers)", "WHERE scheme = 'rfm' GROUP BY 1, 2"));
        Assert.Equal(["A|NULL|2026-01-20", "B|NULL|2026-01-20"], _job.Rows("customer_segments", "customer_id, previous_segment, segment_since", "ORDER BY customer_id"));
    }

    private static IEnumerable<string> Moves(List<string> then, List<string> now)
    {
        var before = then.Select(r => r.Split('|')).ToDictionary(c => c[0]);
        return now.Select(r => r.Split('|')).GroupBy(c => (Cohort: c[2][..8] + "01", From: before.TryGetValue(c[0], out var old) ? old[1] : "(new)", To: c[1]))
            .Select(g => string.Create(
                CultureInfo.InvariantCulture,
                $"{g.Key.Cohort}|{g.Key.From}|{g.Key.To}|{g.Count()}|{g.Sum(c => decimal.Parse(c[3], CultureInfo.InvariantCulture)):F2}"))
            .Order(StringComparer.Ordinal);
    }
}
