namespace RfmSpark.EngineTests.Migration;

/// <summary>What is kept of the segments before, from run to run.</summary>
public sealed class SegmentChangesTests : IDisposable
{
    private static readonly string[] Settings = ["clusters.replicates=1", "clusters.restarts=1", "clusters.mostClusters=4"];
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Changes_are_those_between_a_run_and_the_one_before()
    {
        var file = Requires.Data("cdnow_sample.csv");
        string[] days = ["1997-04-15", "1997-04-22", "1997-04-29", "1997-05-06"];
        foreach (var day in days) _job.Run(file, day, "cdnow", Settings);
        // A day that is run again is compared with the days before it, not with itself or a later one.
        _job.Run(file, days[2], "cdnow", Settings);

        var segments = days.Select(
            day => _job.Rows("customer_segments", "customer_id, segment, previous_segment, segment_since", $"WHERE as_of = DATE '{day}'")
                .Select(r => r.Split('|')).ToDictionary(c => c[0])).ToList();
        for (var i = 1; i < days.Length; i++)
        {
            var (before, now) = (segments[i - 1], segments[i]);
            var changed = now.Values.Where(c => before[c[0]][1] != c[1]).ToList();
            Assert.NotEmpty(changed);
            Assert.Equal(changed.Select(c => $"{days[i - 1]}|{c[0]}|{before[c[0]][1]}|{c[1]}").Order(StringComparer.Ordinal),
                _job.Rows("segment_changes", "from_as_of, customer_id, from_segment, to_segment", $"WHERE as_of = DATE '{days[i]}'").Order(StringComparer.Ordinal));
            Assert.All(now.Values, c => Assert.Equal(before[c[0]][1] == c[1] ? (before[c[0]][2], before[c[0]][3]) : (before[c[0]][1], days[i]), (c[2], c[3])));
        }
        Assert.Contains(segments[3].Values, c => c[3] == days[1] && c[2] != "NULL");
    }

    [SkippableFact]
    public void Good_customers_who_begin_to_stay_away_are_warned_of()
    {
        var file = Requires.Data("cdnow_sample.csv");
        _job.Run(file, "1997-10-01", "cdnow", [.. Settings, "migration.lookback=6m"]);

        var warned = _job.Rows("segment_changes", "from_segment, to_segment", "WHERE is_warning");
        Assert.NotEmpty(warned);
        Assert.Contains(
            _job.Log.Lines,
            l => System.Text.RegularExpressions.Regex.IsMatch(
                l,
                $"migration: since 1997-04-01 [0-9,]+ customers changed their segment, "
                + $"{warned.Count} of them from a good one to one at risk; 0 are new"));
        Assert.All(warned, w => Assert.Matches(@"^(Champions|Loyal)\|(At Risk|Cannot Lose|About To Sleep|Hibernating|Lost)$", w));
        Assert.DoesNotContain(
            _job.Rows("segment_changes", "from_segment, to_segment", "WHERE NOT is_warning"),
            w => System.Text.RegularExpressions.Regex.IsMatch(w, @"^(Champions|Loyal)\|(At Risk|Cannot Lose|About To Sleep|Hibernating|Lost)$"));
    }

    [SkippableFact]
    public void The_warnings_are_shown_as_a_feed_the_most_valuable_first()
    {
        _job.Run(Requires.Data("cdnow_sample.csv"), "1997-10-01", "cdnow", [.. Settings, "migration.lookback=6m"]);

        var shown = JobProcess.Run("show", "segment_changes", "--out", _job.Output, "--where", "is_warning=true", "--top", "clv_12m", "--format", "json");

        Assert.Equal(0, shown.ExitCode);
        var feed = shown.Output.Trim().Split('\n').Select(l => System.Text.Json.Nodes.JsonNode.Parse(l)!).ToList();
        Assert.Equal(_job.Rows("segment_changes", "customer_id, from_segment, to_segment", "WHERE is_warning ORDER BY clv_12m DESC, customer_id"),
            feed.OrderByDescending(c => c["clv_12m"]!.GetValue<decimal>()).ThenBy(c => c["customer_id"]!.GetValue<string>(), StringComparer.Ordinal)
                .Select(c => $"{c["customer_id"]}|{c["from_segment"]}|{c["to_segment"]}"));
        Assert.Equal(feed.Select(c => c["clv_12m"]!.GetValue<decimal>()).OrderDescending(), feed.Select(c => c["clv_12m"]!.GetValue<decimal>()));
        Assert.Contains("'often' is no boolean", JobProcess.Run("show", "segment_changes", "--out", _job.Output, "--where", "is_warning=often").Log, StringComparison.Ordinal);
    }
}
