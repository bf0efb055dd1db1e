using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Clv.Validation;

/// <summary>The last weeks of the orders, held out from models that were fitted to the first part.</summary>
/// <param name="FittedUntil">The last day of the first part.</param>
/// <param name="Weeks">Whole weeks after it.</param>
/// <param name="Counts">Histories up to that day, with the purchases after it.</param>
/// <param name="Predictions">Of each model, in the order of <see cref="PurchaseFit.All"/>.</param>
/// <param name="Spend">The model of spend up to that day.</param>
internal sealed record HeldOut(DateOnly FittedUntil, int Weeks, PatternCounts Counts, IReadOnlyList<PurchasePrediction> Predictions, ExpectedSpend Spend)
{
    private const int DaysPerWeek = 7;

    // Of fewer the total is far from normal, by which its chance is reckoned.
    private const long EnoughPurchases = 50;

    /// <summary>Purchase days that came.</summary>
    internal long Purchases { get; } = Counts.Patterns.Sum(p => p.PurchasesAfter);

    /// <summary>
    /// Fits to the first part, of <see cref="ClvConfig.Calibration"/> of the time or a little more, so that whole weeks remain; leaves its customers in <c>customer_histories</c>. Null if
    /// no week can be held out, or nobody bought again before.
    /// </summary>
    internal static HeldOut? Make(IEngine engine, decimal calibration, int longestDays, DateOnly asOf)
    {
        var weeks = (int)Math.Floor(longestDays * (1 - calibration) / DaysPerWeek);
        return weeks == 0 ? null : Until(engine, asOf.AddDays(-DaysPerWeek * weeks), weeks, asOf);
    }

    /// <summary>The same for a day that is given, <paramref name="weeks"/> before <paramref name="asOf"/>.</summary>
    internal static HeldOut? Until(IEngine engine, DateOnly fittedUntil, int weeks, DateOnly asOf)
    {
        engine.Create(ClvTables.CustomerHistories, Sql.Of("customer_histories_until").With("fitted_until", fittedUntil).With("as_of", asOf));
        var counts = PatternCounts.Read(engine);
        return ExpectedSpend.Of(counts.Spends) is { } spend
            ? new HeldOut(fittedUntil, weeks, counts, [.. PurchaseFit.All(counts.Counted()).Select(fit => PurchasePrediction.Of(fit, counts, weeks))], spend)
            : null;
    }

    /// <summary>By how much a model's purchases are off, in all. Null where too few came to tell.</summary>
    internal HeldOutError? Error(PurchaseModel model) => Purchases >= EnoughPurchases ? Of(model).Error(Purchases) : null;

    /// <summary>What the first part has this kind of model predict.</summary>
    internal PurchasePrediction Of(PurchaseModel model) => Predictions.Single(p => p.Fit.Model.Name == model.Name);

    /// <summary>A line for the log.</summary>
    internal string Summary(PurchaseModel chosen) => string.Create(CultureInfo.InvariantCulture,
        $"fitted until {FittedUntil:yyyy-MM-dd}, {chosen.Name} expects {Of(chosen).Total:N0} purchase days of the {Weeks} weeks after; {Purchases:N0} came");
}
