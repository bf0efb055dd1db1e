using System.Globalization;

namespace RfmSpark.Clv;

/// <summary>The model of spend that customers are valued by, and what must be said of it.</summary>
public sealed record ExpectedSpend(GammaGamma Model, SpendFit Fit, RepeatSpends Spends)
{
    private const double EnoughCustomers = 50;
    private const double HighCorrelation = 0.15;

    /// <summary>
    /// Gamma-Gamma where its fit holds. Where it does not (few customers, all alike, no mean), a customer is expected to spend the mean of its repeat purchases and of one more at
    /// everybody's mean, which is Gamma-Gamma at p = 1, q = 2. Null if nobody bought again.
    /// </summary>
    public static ExpectedSpend? Of(RepeatSpends spends)
    {
        if (spends.All.Count == 0) return null;
        var fit = GammaGamma.Fit(spends);
        return new ExpectedSpend(fit.OnBound || !fit.Converged ? new GammaGamma(1, 2, spends.Mean) : fit.Model, fit, spends);
    }

    /// <summary>How uncertain the model is (<see cref="ParameterUncertainty.OfSpend"/>); null if it was not fitted, or has no covariance.</summary>
    internal (double First, double Second, double Third)? Uncertainty => Model == Fit.Model ? ParameterUncertainty.OfSpend(Fit) : null;

    /// <summary>What must be said.</summary>
    public IEnumerable<string> Faults()
    {
        if (Spends.Customers < EnoughCustomers)
            yield return string.Create(CultureInfo.InvariantCulture, $"customers who bought again: {Spends.Customers:N0}, and models need {EnoughCustomers}: {LifetimeValue.Unreliable}");
        if (Fit.HasNoMean) yield return "spend differs so much between customers that the model has no mean of it (q at 1); simple means are used";
        else if (Fit.OnBound || !Fit.Converged) yield return "the model of spend has no best parameters on this data; simple means are used";
        if (Model == Fit.Model && PurchaseFit.AreVague(Model.Parameters, Fit.StandardErrors)) yield return PurchaseFit.Vague;
        if (Spends.Correlation() is { Value: var r, Low: var low, High: var high } && Math.Abs(r) > HighCorrelation)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"frequency and spend are correlated ({r:0.00}, 95 % interval {low:0.00} to {high:0.00}), but the model of spend assumes that they are independent");
    }
}
