using System.Globalization;
using RfmSpark.Clv.Validation;
using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Clv;

/// <summary>What each customer is expected to bring: models fitted here on distinct histories, customers valued in SQL.</summary>
public static class LifetimeValue
{
    /// <summary>What is said where values are computed from too little to be acted upon.</summary>
    public const string Unreliable = "CLV is not to be relied on";

    /// <summary>From this share on, by which purchases in the weeks held out were missed, that must be said.</summary>
    public const double LargeError = 0.25;

    /// <summary>What is said where there is nothing to learn from: neither how often customers come back, nor whether they leave.</summary>
    public const string NobodyAgain = "nobody has bought again, so nothing can be expected of anybody";

    /// <summary>Makes <c>customer_values</c>, <c>clv_model</c> and <c>clv_validation</c>; returns how customers are cut into tiers, and what deserves a line in the log.</summary>
    public static ValuesMade Make(IEngine engine, ClvConfig config, DateOnly asOf)
    {
        engine.Define(ClvTables.CustomerHistories, Sql.Of("customer_histories").With("as_of", asOf));
        var counts = PatternCounts.Read(engine);
        engine.Drop(ClvTables.CustomerHistories);
        var histories = counts.Counted();
        var fits = PurchaseFit.All(histories);
        var heldOut = HeldOut.Make(engine, config.Calibration, counts.LongestDays, asOf);
        var choice = ModelChoice.Of(fits, config.Model, model => heldOut?.Error(model));
        ValidationTable.Put(engine, heldOut, choice.Chosen.Model, asOf);
        engine.Drop(ClvTables.CustomerHistories);
        var spend = ExpectedSpend.Of(counts.Spends);
        var forecast = Expectations.Forecast(choice.Chosen.Model, config);
        Expectations.Put(engine, counts, choice, forecast, spend, config);
        List<string> dataNotes = [.. ValueNotes.OfData(counts, choice.Chosen.Model)];
        ModelTable.Put(engine, fits, choice, dataNotes, spend, heldOut, histories.Customers, asOf);
        var rules = new ValueRules(choice.Chosen.Model, forecast, spend, config);
        var uncertainty = spend?.Uncertainty ?? default;
        var marginNotes = Margins.Put(engine, config, asOf);
        // Kept, since tiers are cut from it before it is published.
        engine.Create(WorkTables.CustomerValues, rules.WithSpend(Sql.Of("customer_values"), asOf)
            .With("join_hint", PatternJoin.Hint("clv_patterns", counts.Patterns.Count))
            .With("first", uncertainty.First).With("second", uncertainty.Second).With("third", uncertainty.Third));
        if (config.Horizons.Count > 0) engine.Create(Tables.CustomerHorizons, rules.WithSpend(Sql.Of("customer_horizons"), asOf));
        else engine.Put(Tables.CustomerHorizons, Array.Empty<string>(), (_, _) => { });
        engine.Drop(WorkTables.CustomerClusters);
        foreach (var table in new[] { ClvTables.ClvPatterns, ClvTables.HorizonPatterns, ClvTables.CustomerMargins }) engine.Drop(table);
        var model = choice.Chosen;
        return new ValuesMade(rules, Tiers.Cuts(engine, config.Tiers),
        [
            string.Create(CultureInfo.InvariantCulture, $"clv: {model.Model}, log-likelihood {model.LogLikelihood:F3} on {histories.Count:N0} histories of {histories.Customers:N0} customers"),
            string.Create(CultureInfo.InvariantCulture, $"clv: money loses {config.AnnualDiscount:P1} a year, {PurchaseForecast.WeeklyRate((double)config.AnnualDiscount):P4} a week"),
            .. heldOut is null ? Array.Empty<string>() : ["clv: " + heldOut.Summary(model.Model)],
        ],
            [.. ValueNotes.OfModel(choice, spend, heldOut).Concat(dataNotes).Concat(marginNotes).Select(w => "clv: " + w)]);
    }
}

/// <summary>How customers are valued and cut into tiers, what deserves a line in the log, and what a warning.</summary>
/// <param name="Rules">How they are valued.</param>
/// <param name="TierCuts">The values of clv_12m above which the second, third and fourth tier begin.</param>
/// <param name="Notes">Lines for the log.</param>
/// <param name="Warnings">Warnings.</param>
public sealed record ValuesMade(ValueRules Rules, IReadOnlyList<decimal> TierCuts, IReadOnlyList<string> Notes, IReadOnlyList<string> Warnings);
