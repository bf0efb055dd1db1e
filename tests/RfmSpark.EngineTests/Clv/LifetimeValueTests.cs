using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Clv;

namespace RfmSpark.EngineTests.Clv;

/// <summary>Customer lifetime value through the job: published fits, values recomputed by hand, and data that holds no answer.</summary>
public sealed class LifetimeValueTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void A_shop_whose_customers_do_not_leave_is_said_to_be_one()
    {
        _job.Run(Requires.Data("online_retail.csv.gz"), "2011-12-09", "online_retail", "orders.returns=gross", "clusters.replicates=1", "clusters.restarts=1");

        var models = _job.Rows("clv_model", "model, parameters, log_likelihood, is_chosen, note", "ORDER BY model").ConvertAll(row => row.Split('|'));
        Assert.Equal(["BG/NBD|False", "Gamma-Gamma|True", "MBG/NBD|False", "NBD|True", "Pareto/NBD|False"], models.Select(m => $"{m[0]}|{m[3]}"));
        Near(-37645.657330, models[3][2], 1e-6);
        Parameters(models[3][1], ("r", .82755856), ("alpha", 9.87036318));
        Near(-37645.537648, models[0][2], 1e-4);
        Near(-37645.639659, models[2][2], 1e-4);
        Near(-37645.660654, models[4][2], 0.005);
        Near(-19083.330650, models[1][2], 1e-5);
        Parameters(models[1][1], ("p", 2.10338224), ("q", 3.45117884), ("gamma", 485.88850038));
        foreach (var model in new[] { 0, 2, 4 }) Assert.Contains("this data holds no sign of customers leaving", models[model][4], StringComparison.Ordinal);
        Assert.Contains(_job.Log.Lines, l => l.StartsWith("WARN clv: this data holds no sign of customers leaving", StringComparison.Ordinal));
        // What is so in the data stands with the model that customers are valued by.
        Assert.Contains("times as many customers a week begin in the first 4 weeks as in the 8 after", models[3][4], StringComparison.Ordinal);
        Assert.Contains("the first 25 % of the customers, by when they began, bought 1.", models[3][4], StringComparison.Ordinal);
        Assert.Equal(["4338|0|4338"], _job.Rows("customer_segments", "COUNT(customer_id), COUNT(p_alive), COUNT(clv_12m)"));
        Assert.Equal(["NULL|NULL"], _job.Rows("segment_summary", "p_alive, revenue_at_risk", "GROUP BY 1, 2"));
    }

    [SkippableFact]
    public void A_model_that_takes_all_to_stay_is_not_said_to_have_found_that()
    {
        _job.Run(Requires.Data("cdnow_sample.csv"), "1998-07-01", "cdnow", "clusters.replicates=1", "clusters.restarts=1", "clv.model=nbd");

        const string what = "other models see customers leave, and this one takes all to stay, so p_alive is not known";
        Assert.StartsWith(what, _job.Rows("clv_model", "note", "WHERE model = 'NBD' AND is_chosen").Single(), StringComparison.Ordinal);
        Assert.Contains("WARN clv: NBD: " + what, _job.Log.Lines);
        Assert.DoesNotContain(_job.Log.Lines, l => l.Contains("no sign of customers leaving", StringComparison.Ordinal) || l.Contains("no model of single customers", StringComparison.Ordinal));
        Assert.Contains(_job.Log.Lines, l => l.EndsWith("50 % more purchases were expected than came: other models came nearer (held_out_error in clv_model)", StringComparison.Ordinal));
        Assert.Contains("takes all customers to stay, though others see some leave", new Report.PageText(_job).Lead("key-figures"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_vague_parameter_is_said_of_its_model()
    {
        _job.Run(Requires.Data("case_study_20_orders.csv"), "2025-01-01", null, "clusters.replicates=1", "clusters.restarts=1");

        string[] models = [.. _job.Log.Lines.Where(l => l.Contains("standard error is larger than itself", StringComparison.Ordinal)).Select(l => l.Split(": ")[1])];
        Assert.Equal(["MBG/NBD", "Gamma-Gamma"], models);
    }

    [SkippableFact]
    public void Customers_are_valued_by_the_models_that_are_published()
    {
        _job.Run(Requires.Data("cdnow_sample.csv"), "1997-09-30", "cdnow", "clusters.replicates=1", "clusters.restarts=1", "clv.margin=0.5", "clv.annualDiscount=0");
        var mbg = JsonNode.Parse(_job.Rows("clv_model", "parameters", "WHERE model = 'MBG/NBD' AND is_chosen").Single())!;
        double Of(JsonNode? node, string name) => node![name]!.GetValue<double>();
        var (r, alpha, a, b) = (Of(mbg, "r"), Of(mbg, "alpha"), Of(mbg, "a"), Of(mbg, "b"));
        var spend = JsonNode.Parse(_job.Rows("clv_model", "parameters", "WHERE model = 'Gamma-Gamma'").Single());

        // Purchases of CDNOW's customers as the file has them; no two of a day differ in sign.
        var days = File.ReadLines(Requires.Data("cdnow_sample.csv")).Skip(1).Select(line => line.Split(',')).Where(c => string.CompareOrdinal(c[2], "1997-09-30") <= 0)
            .GroupBy(c => c[1])
            .ToDictionary(
                g => g.Key,
                g => g.GroupBy(c => c[2])
                    .Select(d => (
                        Day: DateOnly.Parse(d.Key, CultureInfo.InvariantCulture),
                        Net: d.Sum(c => decimal.Parse(c[4], CultureInfo.InvariantCulture))))
                    .Where(d => d.Net > 0).OrderBy(d => d.Day).ToList());
        foreach (var row in _job.Rows(
            "customer_segments",
            "customer_id, p_alive, expected_orders_12m, expected_spend, clv_12m, revenue_at_risk, expected_orders_3m, clv_3m",
            "ORDER BY customer_id NULLS LAST").Select(row => row.Split('|')))
        {
            var bought = days[row[0]];
            var x = bought.Count - 1;
            var (last, weeks) = ((bought[^1].Day.DayNumber - bought[0].Day.DayNumber) / 7.0, (new DateOnly(1997, 9, 30).DayNumber - bought[0].Day.DayNumber) / 7.0);
            var alive = 1 / (1 + (a / (b + x) * Math.Pow((alpha + weeks) / (alpha + last), r + x)));
            Near(alive, row[1], 1e-9);
            Near(alive * Ahead(365.25 / 7), row[2], 1e-6);
            Near(alive * Ahead(365.25 / 28), row[6], 1e-6);
            var perDay = (Of(spend, "gamma") + (double)bought.Skip(1).Sum(d => d.Net)) * Of(spend, "p") / ((Of(spend, "p") * x) + Of(spend, "q") - 1);
            Near(perDay, row[3], 0.0051);
            Near(alive * Ahead(365.25 / 7) * perDay / 2, row[4], 0.0051);
            Near(alive * Ahead(365.25 / 28) * perDay / 2, row[7], 0.0051);
            Near((1 - alive) * (double)bought.Sum(d => d.Net), row[5], 0.0051);

            // Batislam, Denizel and Filiztekin's closed form, by its series.
            double Ahead(double t)
            {
                var (stays, z) = (b + x + 1, t / (alpha + weeks + t));
                var (term, sum) = (1.0, 1.0);
                for (var n = 0; n < 4000; n++) sum += term *= (r + x + n) * (stays + n) / ((a + stays - 1 + n) * (n + 1)) * z;
                return (a + stays - 1) / (a - 1) * (1 - (Math.Pow((alpha + weeks) / (alpha + weeks + t), r + x) * sum));
            }
        }
    }

    [SkippableFact]
    public void Tiers_are_as_large_as_asked_and_the_higher_the_more_valuable()
    {
        _job.Run(Requires.Data("cdnow_master.csv"), "1998-07-01", "cdnow", "clusters.replicates=1", "clusters.restarts=1");

        var tiers = _job.Rows("customer_segments", "clv_tier, COUNT(customer_id), MIN(clv_12m), MAX(clv_12m)", "GROUP BY clv_tier ORDER BY 3 DESC NULLS LAST").ConvertAll(row => row.Split('|'));
        Assert.Equal(["Top", "Big", "Medium", "Small"], tiers.Select(t => t[0]));
        var all = tiers.Sum(t => Number(t[1]));
        foreach (var (tier, share) in tiers.Zip(new[] { .01, .04, .15, .8 })) Assert.Equal(share, Number(tier[1]) / all, 0.004);
        foreach (var (higher, lower) in tiers.Zip(tiers.Skip(1))) Assert.True(Number(higher[2]) > Number(lower[3]));
        Assert.Equal(tiers.Select(t => $"{t[0]}|{t[1]}").Order(StringComparer.Ordinal), _job.Rows("segment_summary", "segment, customers", "WHERE scheme = 'clv_tier'").Order(StringComparer.Ordinal));
        Assert.Equal(_job.Rows("customer_segments", "SUM(clv_12m), SUM(revenue_at_risk)"), _job.Rows("segment_summary", "SUM(clv_12m), SUM(revenue_at_risk)", "WHERE scheme = 'rfm'"));
    }

    [Fact]
    public void Of_customers_who_never_came_back_nothing_is_expected_and_it_is_said()
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-01,10\nB,2026-01-05,20\nC,2026-01-20,30\n"), "2026-01-31");

        Assert.Equal(["3|0|0|0|0"], _job.Rows("customer_segments", "COUNT(customer_id), COUNT(expected_orders_12m), COUNT(expected_spend), COUNT(clv_12m), COUNT(clv_tier)"));
        Assert.Empty(_job.Rows("segment_summary", "segment", "WHERE scheme = 'clv_tier'"));
        Assert.Contains("WARN clv: nobody has bought again, so nothing can be expected of anybody", _job.Log.Lines);
    }

    [Fact]
    public void Few_who_bought_again_are_said_to_be_too_few()
    {
        _job.Run(
            _job.Write(
                "orders.csv",
                "customer_id,order_date,amount\n"
                + string.Concat(Enumerable.Range(1, 20).Select(i => $"{i},2026-01-{i:00},{10 + i}\n{i},2026-02-{(i % 7) + 1:00},{30 - i}\n"))),
            "2026-03-01");

        Assert.Contains("customers who bought again: 20, and models need 50", _job.Rows("clv_model", "note", "WHERE model = 'Gamma-Gamma'").Single(), StringComparison.Ordinal);
        Assert.Contains(_job.Log.Lines, l => l.StartsWith("WARN clv: customers who bought again: 20, and models need 50: CLV is not to be relied on", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("customer_id,order_date,amount\nA,2026-01-01,10\n")]
    [InlineData("customer_id,order_date,amount\nA,2026-01-31,10\n")]
    [InlineData("customer_id,order_date,amount\nA,2026-01-01,10\nA,2026-01-02,10\nB,2026-01-01,10\nB,2026-01-02,10\n")]
    [InlineData("customer_id,order_date,amount\nA,2026-01-30,10\nA,2026-01-31,0.01\nB,2026-01-31,900000000\n")]
    public void Few_customers_or_all_alike_leave_no_NaN_in_a_table(string orders)
    {
        _job.Run(_job.Write("orders.csv", orders), "2026-01-31");

        foreach (var row in _job.Rows("customer_segments", "p_alive, expected_orders_3m, expected_orders_12m, clv_12m")
            .Concat(_job.Rows("clv_model", "log_likelihood, aic, bic, parameters, standard_errors")))
            Assert.DoesNotMatch("(?i)nan|inf", row);
    }

    [SkippableTheory]
    [InlineData("NBD", -96845.344241, new[] { .3872472, 12.2712279 }, null, 0)]
    [InlineData("Pareto/NBD", -95415.118617, new[] { .59742, 11.5856578, .5221856, 8.8277592 }, new[] { .01737, .29677, .04634, 1.47426 }, 17153.19)]
    [InlineData("BG/NBD", -95368.443933, new[] { .251624, 4.788943, .7234336, 2.1610884 }, new[] { .0042, .13125, .05393, .19859 }, 16873.73)]
    [InlineData("MBG/NBD", -95336.958320, new[] { .6371397, 7.3102895, .8074741, 1.228394 }, null, 15933.6)]
    public void The_whole_of_CDNOW_is_fitted_to_six_digits(string name, double logLikelihood, double[] parameters, double[]? errors, double holdout)
    {
        var end = new DateOnly(1997, 9, 30);
        var histories = new PurchaseHistories(File.ReadLines(Requires.Data("cdnow_master.csv")).Skip(1).Select(line => line.Split(','))
            .Select(c => (Customer: c[0], Day: DateOnly.Parse(c[1], CultureInfo.InvariantCulture).DayNumber)).Where(c => c.Day <= end.DayNumber).GroupBy(c => c.Customer, c => c.Day)
            .Select(days => (new PurchaseHistory(days.Distinct().Count() - 1, (days.Max() - days.Min()) / 7.0, (end.DayNumber - days.Min()) / 7.0), 1L)));
        Assert.Equal(8685, histories.Count);

        var fit = PurchaseFit.All(histories).Single(f => f.Model.Name == name);

        Assert.Equal(logLikelihood, fit.LogLikelihood, 1e-6);
        foreach (var (expected, actual) in parameters.Zip(fit.Model.Parameters)) Assert.Equal(expected, actual, 2e-6 * expected);
        foreach (var (expected, actual) in (errors ?? []).Zip(fit.StandardErrors!)) Assert.Equal(expected, actual, Math.Max(1e-5, 1e-4 * expected));
        if (holdout > 0) Assert.Equal(holdout, histories.Mean(h => fit.Model.Expected(h, 39)) * histories.Customers, name == "MBG/NBD" ? 0.06 : 0.006);
    }

    [SkippableFact]
    public void Spend_of_the_whole_of_CDNOW_is_fitted_to_eight_digits()
    {
        var spends = new RepeatSpends(File.ReadLines(Requires.Data("cdnow_master.csv")).Skip(1).Select(line => line.Split(',')).Where(c => string.CompareOrdinal(c[1], "1997-09-30") <= 0)
            .GroupBy(c => c[0])
            .Select(
                orders => orders.GroupBy(c => c[1]).OrderBy(day => day.Key, StringComparer.Ordinal).Skip(1)
                    .Select(day => day.Sum(c => double.Parse(c[3], CultureInfo.InvariantCulture))).ToList())
            .Where(days => days.Count > 0).Select(days => new RepeatSpend(days.Count, days.Average(), 1)));

        var fit = GammaGamma.Fit(spends);

        Assert.Equal(9450, spends.Customers);
        Assert.Equal(-40763.476261, fit.LogLikelihood, 1e-6);
        foreach (var (expected, actual) in new[] { 6.27535907, 3.62445002, 14.98368703 }.Zip(fit.Model.Parameters)) Assert.Equal(expected, actual, 1e-7 * expected);
        Assert.Equal(35.8277, fit.Model.Expected(0, 0), 5e-5);
    }

    private static void Parameters(string json, params (string Name, double Value)[] expected)
    {
        foreach (var (name, value) in expected) Assert.Equal(value, JsonNode.Parse(json)![name]!.GetValue<double>(), 1e-6 * value);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Near(double expected, string actual, double tolerance) => Assert.Equal(expected, Number(actual), tolerance);
}
