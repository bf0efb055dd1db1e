using System.Diagnostics;
using System.Globalization;
using RfmSpark.Clv;
using RfmSpark.Clv.Validation;
using RfmSpark.DuckDb;
using RfmSpark.Engine;
using RfmSpark.Intake;
using RfmSpark.Periods;
using RfmSpark.Rfm;
using RfmSpark.Settings;

namespace RfmSpark.Benchmarks;

/// <summary>Customer lifetime value alone, by what is asked of it: one model and every customer's value; then all models compared and held out; then the intervals.</summary>
internal static class ValueBenchmark
{
    private const double Year = 12 * Horizon.WeeksPerMonth;

    internal static void Run(string orders, int rounds, JobConfig config)
    {
        using var engine = new DuckDbEngine(new DuckDbOptions(config.Engine.MemoryLimit));
        var read = Orders.Load(engine, config.Orders, [orders]);
        var asOf = read.LastOrder.AddDays(1);
        CustomerSums.Make(engine, config.Rfm, PeriodBits.Of(config.Cohorts.Period, read.Days.Keys), asOf.AddMonths(-1), asOf);
        List<double> values = [], compared = [], intervals = [];
        var patterns = 0;
        for (var round = 0; round <= rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            engine.Define(ClvTables.CustomerHistories, Sql.Of("customer_histories").With("as_of", asOf));
            var counts = PatternCounts.Read(engine);
            engine.Drop(ClvTables.CustomerHistories);
            var histories = counts.Counted();
            var nbd = PurchaseFit.Of(new Nbd(1, 1), new Nbd(1, 1), histories);
            var fit = PurchaseFit.Of(new BgNbd(1, 1, 1, 1), (Nbd)nbd.Model, histories);
            var spend = ExpectedSpend.Of(counts.Spends)!;
            Value(engine, counts, fit.Model, spend.Model, asOf, (double)config.Clv.AnnualDiscount);
            var first = Stopwatch.GetElapsedTime(start).TotalSeconds;

            start = Stopwatch.GetTimestamp();
            foreach (var kind in new PurchaseModel[] { new MbgNbd(1, 1, 1, 1), new ParetoNbd(1, 1, 1, 1) }) PurchaseFit.Of(kind, (Nbd)nbd.Model, histories);
            ValidationTable.Put(engine, HeldOut.Make(engine, config.Clv.Calibration, counts.LongestDays, asOf), fit.Model, asOf);
            engine.Drop(ClvTables.CustomerHistories);
            var second = Stopwatch.GetElapsedTime(start).TotalSeconds;

            start = Stopwatch.GetTimestamp();
            var weeks = counts.Histories;
            var spread = new SpendIntervals(fit.Model, spend.Model, Year, weeks.Select(h => (h.Repeats, h.Weeks)));
            Parallel.For(0, weeks.Count, i => spread.Of(weeks[i].Repeats, weeks[i].Weeks, fit.Model.ProbabilityAlive(weeks[i])));
            ParameterUncertainty.Of(fit)!.Slopes(weeks, Year);
            var third = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (round == 0) continue;
            (patterns, values, compared, intervals) = (weeks.Count, [.. values, first], [.. compared, second], [.. intervals, third]);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{patterns:N0} histories, {Environment.ProcessorCount} cores, {rounds} rounds, "
            + $"medians: BG/NBD, Gamma-Gamma and every customer's CLV {Median.Of(values):0.00} s, "
            + $"the other models and the holdout {Median.Of(compared):0.00} s, "
            + $"intervals {Median.Of(intervals):0.00} s; "
            + $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024 * 1024):0.00} GiB"));
    }

    // What each customer is expected to bring in 3 and 12 months, as the stage has it, without what else the stage joins.
    private static void Value(IEngine engine, PatternCounts counts, PurchaseModel model, GammaGamma spend, DateOnly asOf, double annualDiscount)
    {
        var forecast = new PurchaseForecast(model, annualDiscount, [3, 12]);
        var outlooks = counts.Patterns.Select(p => (p.Repeats, p.Days)).Distinct().AsParallel().ToDictionary(p => p, p => forecast.WhileAlive(p.Repeats, p.Days / 7.0));
        engine.Put(ClvTables.HorizonPatterns, counts.Patterns.SelectMany(p => new[] { 0, 1 }, (p, i) => (p, i)), (at, row) =>
        {
            var (alive, outlook) = (model.ProbabilityAlive(at.p.InWeeks()), outlooks[(at.p.Repeats, at.p.Days)][at.i]);
            row.Long(at.p.Repeats);
            row.Long(at.p.LastDay);
            row.Long(at.p.Days);
            row.Text(at.i == 0 ? "3m" : "12m");
            row.Double(alive * outlook.Expected);
            row.Double(alive * outlook.Discounted);
        });
        engine.Put(ClvTables.CustomerMargins, Array.Empty<string>(), (_, _) => { });
        engine.Create(
            Tables.CustomerHorizons,
            Sql.Of("customer_horizons").With("as_of", asOf).With("margin", 1.0).With("p", spend.Parameters[0]).With("q", spend.Parameters[1])
                .With("gamma", spend.Parameters[2]));
        engine.Drop(Tables.CustomerHorizons);
    }
}
