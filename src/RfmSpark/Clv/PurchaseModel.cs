using RfmSpark.Engine;
using RfmSpark.Numerics;

namespace RfmSpark.Clv;

/// <summary>
/// A model of when customers buy and whether they have left, with its parameters. Weeks are the unit of time. Immutable, and safe on several threads.
/// </summary>
/// <remarks>
/// In all of them a customer who is alive buys at a rate of its own, so that what is to come is <see cref="ProbabilityAlive"/> times what a living customer will do,
/// and the latter depends on x and T alone.
/// </remarks>
public abstract class PurchaseModel
{
    /// <summary>The model's name in the field.</summary>
    public abstract string Name { get; }

    /// <summary>The parameters' names in the paper, in the order of <see cref="Parameters"/>.</summary>
    public abstract IReadOnlyList<string> ParameterNames { get; }

    /// <summary>The parameters, all above zero.</summary>
    public abstract IReadOnlyList<double> Parameters { get; }

    /// <summary>Whether customers can leave.</summary>
    public virtual bool HasDropout => true;

    /// <summary>The natural logarithm of the likelihood of one history.</summary>
    public double LogLikelihood(PurchaseHistory history)
    {
        var sum = new Expansion(Parameters.Count);
        LikelihoodUpTo(history.Repeats).Add(history, 1, sum);
        return sum.Value;
    }

    /// <summary>P(alive): the chance that the customer has not left by the end of what was observed, 0 to 1.</summary>
    public abstract double ProbabilityAlive(PurchaseHistory history);

    /// <summary><see cref="ProbabilityAlive"/> in SQL, of the columns <c>x</c>, <c>t_x</c> and <c>t</c>, all DOUBLE and in weeks; null where it is no closed form.</summary>
    public virtual SqlExpression? ProbabilityAliveInSql => null;

    /// <summary>Expected purchase days in the next <paramref name="ahead"/> weeks of a customer who is alive.</summary>
    public abstract double ExpectedWhileAlive(int repeats, double weeks, double ahead);

    /// <summary>The chances that a customer who is alive buys on 0, 1, 2, … days in the next <paramref name="ahead"/> weeks, without end.</summary>
    public abstract IEnumerable<double> ProbabilitiesWhileAlive(int repeats, double weeks, double ahead);

    /// <summary>Expected purchase days in all time to come of a customer who is alive, each discounted to now at <paramref name="weeklyRate"/>, continuously.</summary>
    public abstract double DiscountedWhileAlive(int repeats, double weeks, double weeklyRate);

    /// <summary>Expected purchase days in the next <paramref name="ahead"/> weeks; of a new customer, after the first one, if <paramref name="history"/> is default.</summary>
    public double Expected(PurchaseHistory history, double ahead) =>
        ProbabilityAlive(history) * ExpectedWhileAlive(history.Repeats, history.Weeks, ahead);

    /// <summary>Discounted expected purchase days in all time to come (DERT).</summary>
    public double DiscountedExpected(PurchaseHistory history, double weeklyRate) =>
        ProbabilityAlive(history) * DiscountedWhileAlive(history.Repeats, history.Weeks, weeklyRate);

    /// <summary>The chance of buying on <paramref name="purchases"/> days in the next <paramref name="ahead"/> weeks.</summary>
    public double Probability(PurchaseHistory history, int purchases, double ahead)
    {
        var alive = ProbabilityAlive(history);
        return (purchases == 0 ? 1 - alive : 0) + (alive * ProbabilitiesWhileAlive(history.Repeats, history.Weeks, ahead).ElementAt(purchases));
    }

    /// <summary>The share of customers who leave, in the model's own terms, as the parameters have it; 0 if they cannot.</summary>
    public abstract double MeanDropout { get; }

    internal abstract PurchaseModel With(double[] parameters);

    /// <summary>What is the same for all histories of up to <paramref name="repeats"/> repeats.</summary>
    internal abstract IHistoryLikelihood LikelihoodUpTo(int repeats);

    /// <summary>Where a fit may begin, from what purchases come to without dropout.</summary>
    internal abstract IEnumerable<double[]> Starts(Nbd withoutDropout, PurchaseHistories histories);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name} "
        + $"({string.Join(", ", ParameterNames.Zip(Parameters, (name, value) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} {value:G7}")))})";
}

/// <summary>The likelihood of histories under one set of parameters.</summary>
internal interface IHistoryLikelihood
{
    /// <summary>Adds <paramref name="customers"/> times the log-likelihood of a history, with its derivatives in the parameters.</summary>
    void Add(PurchaseHistory history, double customers, Expansion sum);
}
