using RfmSpark.Settings;

namespace RfmSpark.Clv;

/// <summary>Which model's expectations are published, and what must be said of it and of the others.</summary>
/// <param name="Chosen">The model's fit.</param>
/// <param name="KnowsWhoIsAlive">Whether the data holds a sign of customers leaving, so that P(alive) means something.</param>
/// <param name="Notes">For each fit what must be said of it.</param>
public sealed record ModelChoice(PurchaseFit Chosen, bool KnowsWhoIsAlive, IReadOnlyDictionary<PurchaseFit, IReadOnlyList<string>> Notes)
{
    /// <summary>What is said where nobody can tell who has left.</summary>
    public const string NoDropout = "this data holds no sign of customers leaving";

    /// <summary>What is said of NBD where it was asked for, or no other fit held, though others see customers leave.</summary>
    public const string AllStay = "other models see customers leave, and this one takes all to stay, so p_alive is not known";

    /// <summary>What is said of a model that others outdo in the weeks held out.</summary>
    public const string OthersHoldOutBetter = "others predict the weeks held out much better";

    /// <summary>What is said of a model in which the first purchase is no chance to leave.</summary>
    public const string AliveAfterOne = "customers with one purchase are alive by construction, however long ago that was";

    private const double LeastGain = 2;
    private const double LeastDropout = 0.001;

    // So far off what came is no fault of a model by itself, and twice as far as the best one is.
    private const double FairError = 0.1;
    private const double WorseThanBest = 2;

    /// <summary>
    /// Dropout is a sign only if a model with it gains 2 in log-likelihood over NBD, the first of <paramref name="fits"/>, and has a mean of 0.1 % or more leave; without one a model with
    /// dropout is never taken, whatever is asked for. Among those that remain the least AIC wins, unless <paramref name="asked"/> names one, or <paramref name="heldOutError"/> (null
    /// if unknown) is beyond chance, over a tenth of what came and over twice the least of them.
    /// </summary>
    public static ModelChoice Of(IReadOnlyList<PurchaseFit> fits, ClvModel asked, Func<PurchaseModel, HeldOutError?> heldOutError)
    {
        double Error(PurchaseFit fit) => Math.Abs(heldOutError(fit.Model)?.Share ?? 0);
        bool Fails(PurchaseFit fit, double most) => heldOutError(fit.Model)?.BeyondChance > most;
        var nbd = fits[0];
        var withSign = fits.Where(f => f.Model.HasDropout && f.LogLikelihood - nbd.LogLikelihood >= LeastGain && f.Model.MeanDropout >= LeastDropout).ToList();
        var named = fits.FirstOrDefault(f => f.Model.Name == NameOf(asked));
        var most = Math.Max(FairError, WorseThanBest * withSign.Select(Error).DefaultIfEmpty().Min());
        var chosen = withSign.Count == 0 ? nbd : named ?? withSign.Where(f => f.Converged && !Fails(f, most)).DefaultIfEmpty(nbd).MinBy(f => f.Aic)!;
        if (chosen.Model.HasDropout && !withSign.Contains(chosen)) chosen = nbd;
        var passesOverASign = chosen == nbd && withSign.Count > 0;
        return new ModelChoice(chosen, chosen.Model.HasDropout,
            fits.ToDictionary(f => f, f => (IReadOnlyList<string>)[.. Faults(f, withSign.Contains(f), passesOverASign && f == nbd, Fails(f, most))]));
    }

    private static string? NameOf(ClvModel asked) => asked switch
    {
        ClvModel.Nbd => "NBD",
        ClvModel.BgNbd => "BG/NBD",
        ClvModel.MbgNbd => "MBG/NBD",
        ClvModel.ParetoNbd => "Pareto/NBD",
        _ => null,
    };

    private static IEnumerable<string> Faults(PurchaseFit fit, bool hasSign, bool takesAllToStay, bool holdsOutBadly)
    {
        if (fit.Model.HasDropout && !hasSign) yield return NoDropout;
        if (takesAllToStay) yield return AllStay;
        if ((hasSign || takesAllToStay) && holdsOutBadly) yield return OthersHoldOutBetter;
        if (!fit.Converged) yield return "the fit did not converge";
        if (fit.OnBound) yield return "a parameter ran to the end of its range, so it has no standard error";
        else if (fit.Covariance is null) yield return "the Hessian is not negative definite at the optimum, so there are no standard errors";
        if (fit.IsVague) yield return PurchaseFit.Vague;
        if (fit.Model is BgNbd && hasSign) yield return AliveAfterOne;
    }
}
