using System.Globalization;
using RfmSpark.Clv.Validation;
using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Clv;

/// <summary>What each customer is expected to bring: models fitted here on distinct histories, customers valued in SQL.</summary>
public static class LifetimeValue
{
    private const double LargeError = 0.25;

    /// <summary>Makes <c>customer_values</c>, <c>clv_model</c> and <c>clv_validation</c>; returns how customers are cut into tiers, and what deserves a line in the log.</summary>
    public static ValuesMade Make(IEngine engine, ClvConfig config, DateOnly asOf)
    {
        engine.Define(ClvTables.CustomerHistories, Sql.Of("customer_histories").With("as_of", asOf));
        var counts = PatternCounts.Read(engine);
        engine.Drop(ClvTables.CustomerHistories);
        var histories = counts.InWeeks();
        var fits = PurchaseFit.All(histories);
        var heldOut = HeldOut.Make(engine, config.Calibration, counts.LongestDays, asOf);
        var choice = ModelChoice.Of(fits, config.Model, model => heldOut?.Error(model));
        ValidationTable.Put(engine, heldOut, choice.Chosen.Model, asOf);
        engine.Drop(ClvTables.CustomerHistories);
        var spend = ExpectedSpend.Of(counts.Spends);
        Expectations.Put(engine, counts, choice, spend, (double)config.AnnualDiscount);
        List<string> dataNotes = [.. DataNotes(counts, choice.Chosen.Model)];
        ModelTable.Put(engine, fits, choice, dataNotes, spend, heldOut, histories.Customers, asOf);
        var uncertainty = spend?.Uncertainty ?? default;
        // Kept, since tiers are cut from it before it is published.
        engine.Create(WorkTables.CustomerValues, Sql.Of("customer_values").With("as_of", asOf).With("margin", (double)config.Margin)
            .With("p", spend?.Model.Parameters[0] ?? 1).With("q", spend?.Model.Parameters[1] ?? 2).With("gamma", spend?.Model.Parameters[2] ?? 0)
            .With("first", uncertainty.First).With("second", uncertainty.Second).With("third", uncertainty.Third));
        engine.Drop(WorkTables.CustomerClusters);
        engine.Drop(ClvTables.ClvPatterns);
        var model = choice.Chosen;
        return new ValuesMade(TierCuts(engine, config.Tiers),
        [
            string.Create(CultureInfo.InvariantCulture, $"clv: {model.Model}, log-likelihood {model.LogLikelihood:F3} on {histories.Count:N0} histories of {histories.Customers:N0} customers"),
            .. heldOut is null ? Array.Empty<string>() : ["clv: " + heldOut.Summary(model.Model)],
        ],
            [.. Warnings(choice, spend, heldOut).Concat(dataNotes).Select(w => "clv: " + w)]);
    }

    // The customer pyramid (Curry and Curry, "The customer marketing method", 2000): the amounts above which each tier begins, from the lowest up. Customers of about the same value stay together.
    private static IReadOnlyList<decimal> TierCuts(IEngine engine, IReadOnlyList<decimal> shares)
    {
        var cells = engine.Read(Sql.Of("clv_amounts").With("cell", ClvTables.Cell("clv_12m")), row => (Highest: row.Decimal(0), Customers: row.Long(1))).OrderByDescending(c => c.Highest).ToList();
        var all = cells.Sum(c => c.Customers);
        var cuts = new List<decimal>();
        var (above, next, share) = (0L, 0, 0m);
        foreach (var tier in shares)
        {
            share += tier;
            while (next < cells.Count && above + cells[next].Customers <= Math.Max(1, share * all)) above += cells[next++].Customers;
            cuts.Insert(0, next < cells.Count ? cells[next].Highest : -1);
        }
        return cuts;
    }

    private static IEnumerable<string> Warnings(ModelChoice choice, ExpectedSpend? spend, HeldOut? heldOut)
    {
        if (!choice.KnowsWhoIsAlive && choice.Notes.Values.Any(n => n.Contains(ModelChoice.NoDropout)))
            yield return $"{ModelChoice.NoDropout}: who is still a customer cannot be known, and expected orders are those of customers who stay (NBD)";
        foreach (var fault in choice.Notes[choice.Chosen]) yield return $"{choice.Chosen.Model.Name}: {fault}";
        if (spend is null) yield return "nobody has bought again, so nothing can be expected of anybody";
        else foreach (var fault in spend.Faults()) yield return fault;
        if (heldOut?.Error(choice.Chosen.Model) is { } error && Math.Abs(error) > LargeError)
            yield return string.Create(CultureInfo.InvariantCulture, $"of the {heldOut.Weeks} weeks held out {Math.Abs(error):P0} {(error > 0 ? "more" : "fewer")} purchases were expected than came: a season, growth or a change that no model of single customers knows");
    }

    // What is so in the data, whatever model is taken.
    private static IEnumerable<string> DataNotes(PatternCounts counts, PurchaseModel model)
    {
        if (CohortDrift.Of(model, counts) is { } drift) yield return drift;
        if (counts.EarlyStarts() is > 1.5 and var times)
            yield return string.Create(CultureInfo.InvariantCulture, $"{times:0.0} times as many customers a week begin in the first 4 weeks as in the 8 after: many will have bought before the orders begin, and are older than they seem");
    }
}

/// <summary>How customers are cut into tiers, what deserves a line in the log, and what a warning.</summary>
/// <param name="TierCuts">The values of clv_12m above which the second, third and fourth tier begin.</param>
/// <param name="Notes">Lines for the log.</param>
/// <param name="Warnings">Warnings.</param>
public sealed record ValuesMade(IReadOnlyList<decimal> TierCuts, IReadOnlyList<string> Notes, IReadOnlyList<string> Warnings);
