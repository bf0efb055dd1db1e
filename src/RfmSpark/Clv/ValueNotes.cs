using System.Globalization;
using RfmSpark.Clv.Validation;

namespace RfmSpark.Clv;

/// <summary>What must be said of values before they are believed.</summary>
internal static class ValueNotes
{
    private const int ShortestDays = 84;

    /// <summary>Of the model that customers are valued by.</summary>
    internal static IEnumerable<string> OfModel(ModelChoice choice, ExpectedSpend? spend, HeldOut? heldOut)
    {
        if (spend is not null && !choice.KnowsWhoIsAlive && !choice.Notes[choice.Chosen].Contains(ModelChoice.AllStay))
            yield return $"{ModelChoice.NoDropout}: who is still a customer cannot be known, and expected orders are those of customers who stay (NBD)";
        foreach (var fault in choice.Notes[choice.Chosen]) yield return $"{choice.Chosen.Model.Name}: {fault}";
        foreach (var fault in spend?.Faults() ?? []) yield return fault == PurchaseFit.Vague ? $"Gamma-Gamma: {fault}" : fault;
        if (heldOut?.Error(choice.Chosen.Model) is { BeyondChance: > LifetimeValue.LargeError, Share: var error })
            yield return string.Create(CultureInfo.InvariantCulture,
                $"of the {heldOut.Weeks} weeks held out {Math.Abs(error):P0} {(error > 0 ? "more" : "fewer")} purchases were expected than came: "
                    + $"{(choice.Notes[choice.Chosen].Contains(ModelChoice.OthersHoldOutBetter)
                        ? "other models came nearer (held_out_error in clv_model)"
                        : "a season, growth or a change that no model of single customers knows")}");
    }

    /// <summary>Of the data, whatever model is taken.</summary>
    internal static IEnumerable<string> OfData(PatternCounts counts, PurchaseModel model)
    {
        if (counts.Spends.All.Count == 0)
        {
            yield return LifetimeValue.NobodyAgain;
            yield break;
        }
        if (counts.LongestDays < ShortestDays)
            yield return string.Create(CultureInfo.InvariantCulture, $"the orders go back {counts.LongestDays} days, too few to forecast 12 months from: {LifetimeValue.Unreliable}");
        if (CohortDrift.Of(model, counts) is { } drift) yield return drift;
        if (counts.WeeklyStarts() is (var first, var then) && first > 1.5 * Math.Max(1, then))
            yield return (then > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{first / then:0.0} times as many customers a week begin in the first 4 weeks as in the 8 after: ")
                : string.Create(CultureInfo.InvariantCulture, $"{first:0.#} customers a week begin in the first 4 weeks and nobody in the 8 after: "))
                    + "many will have bought before the orders begin, and are older than they seem";
    }
}
