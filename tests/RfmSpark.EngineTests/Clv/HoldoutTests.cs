using System.Globalization;
using RfmSpark.Clv;
using RfmSpark.Clv.Validation;
using RfmSpark.Intake;
using RfmSpark.Settings;

namespace RfmSpark.EngineTests.Clv;

/// <summary>What models fitted to the first part of real orders foretell of the rest, and what came.</summary>
public sealed class HoldoutTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableTheory]
    [InlineData("cdnow_sample.csv", 2357, 1882, new[] { 2929.82, 1653.409, 1576.728, 1665.513 })]
    [InlineData("cdnow_master.csv", 23570, 19684, new[] { 0, 16873.73, 15933.6, 17153.19 })]
    public void Half_of_CDNOW_foretells_the_other_half_as_published(string file, long customers, long came, double[] foretold)
    {
        using var engine = new DuckDbEngine();
        // Discs, of which there is one in every order: some came to no money, and yet are purchases as published.
        Orders.Load(engine, TestJob.Config(["orders.columns.amount=cds"], "cdnow").Orders, [Requires.Data(file)]);

        var heldOut = HeldOut.Until(engine, new DateOnly(1997, 9, 30), 39, new DateOnly(1998, 6, 30))!;

        Assert.Equal(customers, heldOut.Counts.Patterns.Sum(p => p.Customers));
        Assert.Equal(came, heldOut.Purchases);
        foreach (var (expected, prediction) in foretold.Zip(heldOut.Predictions)) if (expected > 0) Assert.Equal(expected, prediction.Total, 4e-6 * expected);
    }

    // The gift shop's known counts and fits up to two days: no model finds customers who leave, and spend changes with the season.
    [SkippableTheory]
    [InlineData("2011-06-09", 2800, 6837, 1412, new[] { 3.12837896, 3.11577649, 284.57632011 }, -9686.158519)]
    [InlineData("2011-09-09", 3370, 4482, 1956, new[] { 2.328748, 3.34544524, 413.78013774 }, -13367.003585)]
    public void The_first_part_of_a_gift_shops_orders_has_the_known_fits(string fittedUntil, long customers, long came, double repeaters, double[] spend, double logLikelihood)
    {
        using var engine = new DuckDbEngine();
        Orders.Load(engine, TestJob.Config(["orders.returns=gross"], "online_retail").Orders, [Requires.Data("online_retail.csv.gz")]);
        var (until, asOf) = (DateOnly.Parse(fittedUntil, CultureInfo.InvariantCulture), new DateOnly(2011, 12, 9));

        var heldOut = HeldOut.Until(engine, until, (asOf.DayNumber - until.DayNumber) / 7, asOf)!;

        Assert.Equal(customers, heldOut.Counts.Patterns.Sum(p => p.Customers));
        Assert.Equal(came, heldOut.Purchases);
        Assert.Equal(repeaters, heldOut.Spend.Spends.Customers);
        Assert.Equal(logLikelihood, heldOut.Spend.Fit.LogLikelihood, 1e-5);
        foreach (var (expected, actual) in spend.Zip(heldOut.Spend.Fit.Model.Parameters)) Assert.Equal(expected, actual, 1e-6 * expected);
        Assert.Equal("NBD", ModelChoice.Of([.. heldOut.Predictions.Select(p => p.Fit)], ClvModel.Auto, _ => null).Chosen.Model.Name);
    }

    [SkippableFact]
    public void What_came_is_what_the_file_has_and_every_view_adds_up_to_it()
    {
        var orders = Requires.Data("cdnow_master.csv");
        _job.Run(orders, "1998-06-30", "cdnow", "clusters.replicates=1", "clusters.restarts=1");

        // 545 days from 1997-01-01; a quarter of them is 19 whole weeks.
        var split = new DateOnly(1998, 6, 30).AddDays(-19 * 7);
        var days = File.ReadLines(orders).Skip(1).Select(line => line.Split(','))
            .GroupBy(
                c => (Customer: c[0], Day: DateOnly.Parse(c[1], CultureInfo.InvariantCulture)),
                c => decimal.Parse(c[3], CultureInfo.InvariantCulture))
            .Select(g => (g.Key.Customer, g.Key.Day, Net: g.Sum())).Where(d => d.Net > 0).GroupBy(d => d.Customer).Select(g => g.OrderBy(d => d.Day).ToList()).Where(d => d[0].Day <= split).ToList();
        var after = days.SelectMany(d => d.Where(day => day.Day > split)).ToList();

        var rows = _job.Rows("clv_validation", "model, view, bin, customers, predicted, actual, fitted_until, weeks").ConvertAll(r => r.Split('|'));
        Assert.All(rows, row => Assert.Equal(("1998-02-17", "19"), (row[6], row[7])));
        foreach (var model in rows.Where(r => r[1] == "purchases"))
        {
            Assert.Equal([days.Count, after.Count], new[] { Number(model[3]), Number(model[5]) });
            foreach (var view in rows.Where(r => r[0] == model[0] && r[1].StartsWith("purchases_", StringComparison.Ordinal)).GroupBy(r => r[1]))
            {
                Assert.Equal(after.Count, view.Sum(r => Number(r[5])));
                Assert.Equal(Number(model[4]), view.Sum(r => Number(r[4])), 1e-6);
            }
        }
        Assert.Equal(4, rows.Count(r => r[1] == "purchases"));
        var chosen = _job.Rows("clv_model", "model, held_out_error, held_out_chance", "WHERE is_chosen AND model <> 'Gamma-Gamma'").Single().Split('|');
        var total = rows.Single(r => r[0] == chosen[0] && r[1] == "purchases");
        Assert.Equal((Number(total[4]) / after.Count) - 1, Number(chosen[1]), 1e-9);
        // Chance leaves more than the root of the count does, for customers differ, and less than twice that.
        Assert.InRange(Number(chosen[2]), 1.96 / Math.Sqrt(after.Count), 2 * 1.96 / Math.Sqrt(after.Count));

        foreach (var group in days.GroupBy(d => Math.Min(7, d.Count(day => day.Day <= split) - 1)))
        {
            var row = rows.Single(r => r[0] == chosen[0] && r[1] == "purchases_by_repeats" && r[2] == group.Key.ToString(CultureInfo.InvariantCulture));
            Assert.Equal([group.Count(), group.Sum(d => d.Count(day => day.Day > split))], new[] { Number(row[3]), Number(row[5]) });
        }
        foreach (var week in after.GroupBy(d => (d.Day.DayNumber - split.DayNumber - 1) / 7))
            Assert.Equal(week.Count(), Number(rows.Single(r => r[1] == "purchases_by_week" && r[2] == (week.Key + 1).ToString(CultureInfo.InvariantCulture))[5]));
        Assert.Equal(19, rows.Count(r => r[1] == "purchases_by_week" && r[0] == chosen[0]));

        var spend = (double)after.Sum(d => d.Net);
        Assert.Equal(spend, Number(rows.Single(r => r[1] == "spend")[5]), 0.01);
        var deciles = rows.Where(r => r[1] == "spend_by_decile").OrderBy(r => Number(r[2])).ToList();
        Assert.Equal(spend, deciles.Sum(d => Number(d[5])), 0.01);
        Assert.True(Number(deciles[0][5]) > 3 * spend / 10, "the tenth ranked highest is to hold far more than a tenth of what came");

        // The Gini coefficient by its definition, over every customer that there was.
        var spends = days.Select(d => (double)d.Where(day => day.Day > split).Sum(day => day.Net)).Order().ToList();
        var most = spends.Select((s, i) => s * ((2 * (i + 1)) - spends.Count - 1)).Sum() / spends.Count / spends.Sum();
        var gini = rows.Single(r => r[1] == "spend_gini");
        Assert.Equal(most, Number(gini[5]), 1e-3);
        Assert.InRange(Number(gini[4]), 0.3, most);
    }

    [SkippableFact]
    public void A_shop_without_a_sign_of_leaving_is_validated_by_NBD()
    {
        _job.Run(Requires.Data("online_retail.csv.gz"), "2011-12-09", "online_retail", "orders.returns=gross", "clusters.replicates=1", "clusters.restarts=1", "clv.calibration=0.667");

        var purchases = _job.Rows("clv_validation", "model, customers, actual", "WHERE view = 'purchases' ORDER BY model");
        Assert.Equal(4, purchases.Count);
        Assert.Equal(["NBD"], _job.Rows("clv_validation", "DISTINCT model", "WHERE view = 'spend_by_decile'"));
        Assert.Contains(_job.Log.Lines, l => l.Contains("clv: fitted until 2011-08-12, NBD expects", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("clv.calibration=1", "A,2026-01-01,10\nA,2026-02-02,10\nB,2026-03-01,10\nB,2026-04-02,10\nA,2026-05-31,1\n")]
    [InlineData("clv.calibration=0.75", "A,2026-05-20,10\nA,2026-05-25,10\nB,2026-05-20,10\n")]
    [InlineData("clv.calibration=0.75", "A,2026-01-20,10\nB,2026-05-20,10\nB,2026-05-21,10\n")]
    public void Where_nothing_can_be_held_out_the_table_is_empty(string setting, string orders)
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\n" + orders), "2026-05-31", null, setting);

        Assert.Empty(_job.Rows("clv_validation", "model"));
        Assert.Equal(["0"], _job.Rows("clv_model", "COUNT(held_out_error)"));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
