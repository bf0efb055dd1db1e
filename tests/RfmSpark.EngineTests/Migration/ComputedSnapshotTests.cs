using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Clv;

namespace RfmSpark.EngineTests.Migration;

/// <summary>The clusters and values of an earlier day by the rules of a later one.</summary>
public sealed class ComputedSnapshotTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Who_has_not_bought_in_between_stays_in_a_cluster_that_recency_has_no_part_in()
    {
        _job.Run(Requires.Data("cdnow_sample.csv"), "1998-08-15", "cdnow", "clusters.replicates=1", "clusters.restarts=1", "clusters.features=frequency,monetary,averageOrderValue");

        var moves = _job.Rows("segment_migration", "from_segment, to_segment, SUM(customers)", "WHERE scheme = 'persona' GROUP BY 1, 2 ORDER BY 1");
        Assert.Equal(_job.Rows("segment_summary", "segment, segment, customers", "WHERE scheme = 'persona' ORDER BY segment"), moves);
    }

    [SkippableTheory]
    [InlineData("mbgNbd", "MBG/NBD")]
    [InlineData("paretoNbd", "Pareto/NBD")]
    public void Customers_of_the_earlier_day_are_valued_by_the_published_models(string setting, string name)
    {
        var (earlier, file) = (new DateOnly(1997, 7, 1), Requires.Data("cdnow_sample.csv"));
        _job.Run(file, "1997-10-01", "cdnow", "clusters.replicates=1", "clusters.restarts=1", "migration.lookback=3m", "clv.model=" + setting, "clv.margin=0.4");

        double[] Parameters(string model) => [.. JsonNode.Parse(_job.Rows("clv_model", "parameters", $"WHERE model = '{model}'").Single())!.AsObject().Select(p => p.Value!.GetValue<double>())];
        var (buying, spend) = (Parameters(name), Parameters("Gamma-Gamma"));
        PurchaseModel model = name == "MBG/NBD" ? new MbgNbd(buying[0], buying[1], buying[2], buying[3]) : new ParetoNbd(buying[0], buying[1], buying[2], buying[3]);
        var forecast = new PurchaseForecast(model, 0.1, [12]);
        // A tier begins above the most valuable customer of the one below.
        var greatest = _job.Rows("customer_segments", "clv_tier, MAX(clv_12m)", "GROUP BY clv_tier").Select(r => r.Split('|'))
            .ToDictionary(c => c[0], c => decimal.Parse(c[1], CultureInfo.InvariantCulture));

        var tiers = File.ReadLines(file).Skip(1).Select(line => line.Split(','))
            .Select(c => (
                Customer: c[1], Day: DateOnly.Parse(c[2], CultureInfo.InvariantCulture),
                Amount: decimal.Parse(c[4], CultureInfo.InvariantCulture)))
            .Where(l => l.Day <= earlier).GroupBy(l => (l.Customer, l.Day)).Select(d => (d.Key.Customer, d.Key.Day, Net: d.Sum(l => l.Amount))).Where(d => d.Net > 0).GroupBy(d => d.Customer)
            .Select(days =>
            {
                var bought = days.OrderBy(d => d.Day).ToList();
                var history = new PurchaseHistory(bought.Count - 1, (bought[^1].Day.DayNumber - bought[0].Day.DayNumber) / 7.0, (earlier.DayNumber - bought[0].Day.DayNumber) / 7.0);
                var perDay = new GammaGamma(spend[0], spend[1], spend[2]).Expected(history.Repeats, history.Repeats == 0 ? 0 : (double)bought.Skip(1).Sum(d => d.Net) / history.Repeats);
                var worth = (decimal)(model.ProbabilityAlive(history) * forecast.WhileAlive(history.Repeats, history.Weeks)[0].Discounted * perDay * 0.4);
                return Math.Round(worth, 2, MidpointRounding.AwayFromZero) is var clv && clv > greatest["Big"] ? "Top"
                    : clv > greatest["Medium"] ? "Big"
                    : clv > greatest["Small"] ? "Medium"
                    : "Small";
            }).CountBy(tier => tier).Select(t => $"{t.Key}|{t.Value}").Order(StringComparer.Ordinal);

        Assert.Equal(tiers, _job.Rows("segment_migration", "from_segment, SUM(customers)", "WHERE scheme = 'clv_tier' AND from_segment <> '(new)' GROUP BY 1 ORDER BY 1"));
    }
}
