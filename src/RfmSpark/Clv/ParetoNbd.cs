using RfmSpark.Numerics;

namespace RfmSpark.Clv;

/// <summary>
/// Pareto/NBD: customers buy at a rate λ ~ Gamma(r, α) and leave at a rate μ ~ Gamma(s, β), at any time (Schmittlein, Morrison and Colombo, "Counting your customers: who
/// are they and what will they do next?", Management Science 33, 1987; in the notation of Fader and Hardie, "A note on deriving the Pareto/NBD model", 2005).
/// </summary>
/// <remarks>
/// r, α (weeks): shape and scale of the rates of purchase; s, β (weeks): of the rates of leaving; all above zero. Without a sign of dropout s falls to zero or β grows without end.
/// The likelihood is kept as the integral over the time at which the customer left,
/// Γ(r + x) α^r β^s / Γ(r) × { (α + T)^−(r+x) (β + T)^−s + s ∫ from t_x to T of (α + y)^−(r+x) (β + y)^−(s+1) dy },
/// all of whose terms are positive: no difference of hypergeometric functions, no case for α = β. Weak: s and β are known badly where the history is short.
/// </remarks>
public sealed class ParetoNbd(double r, double alpha, double s, double beta) : PurchaseModel
{
    /// <inheritdoc/>
    public override string Name => "Pareto/NBD";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ParameterNames => ["r", "alpha", "s", "beta"];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters { get; } = [r, alpha, s, beta];

    /// <summary>The share of customers who leave in their first year.</summary>
    public override double MeanDropout => -LogMath.Expm1(-s * LogMath.Log1p(52 / beta));

    /// <inheritdoc/>
    public override double ProbabilityAlive(PurchaseHistory history)
    {
        var leaving = new ParetoLeaving(r, alpha, s, beta, history);
        return Math.Exp(leaving.LogAlive - leaving.LogBracket);
    }

    /// <inheritdoc/>
    public override double ExpectedWhileAlive(int repeats, double weeks, double ahead)
    {
        var u = LogMath.Log1p(ahead / (beta + weeks));
        var stay = Math.Abs((s - 1) * u) < 1e-12 ? u : -LogMath.Expm1(-(s - 1) * u) / (s - 1);
        return (r + repeats) * (beta + weeks) / (alpha + weeks) * stay;
    }

    /// <inheritdoc/>
    public override double DiscountedWhileAlive(int repeats, double weeks, double weeklyRate) =>
        (r + repeats) * (beta + weeks) / (alpha + weeks) * ExponentialIntegral.Scaled(s, weeklyRate * (beta + weeks));

    /// <inheritdoc/>
    public override IEnumerable<double> ProbabilitiesWhileAlive(int repeats, double weeks, double ahead)
    {
        // Stays to the end with as many purchases, or leaves at some time and had as many by then.
        var (shape, scale, stay) = (r + repeats, alpha + weeks, beta + weeks);
        IEnumerator<double> Until(double time) => new GammaMixedPoisson(shape, scale, time).Probabilities().GetEnumerator();
        var lives = new List<(double Weight, IEnumerator<double> Chances)> { (Math.Exp(-s * LogMath.Log1p(ahead / stay)), Until(ahead)) };
        var pieces = 1 + (int)Math.Ceiling(Math.Max(LogMath.Log1p(ahead / stay), LogMath.Log1p(ahead / scale)));
        var rule = GaussLegendre.Rule;
        // In ln(1 + time / stay), in which leaving is an exponential.
        var width = LogMath.Log1p(ahead / stay) / pieces;
        for (var piece = 0; piece < pieces; piece++)
            for (var i = 0; i < rule.Count; i++)
            {
                var u = width * (piece + rule.Node(i));
                lives.Add((rule.Weight(i) * width * s * Math.Exp(-s * u), Until(stay * LogMath.Expm1(u))));
            }
        while (true)
        {
            var sum = 0.0;
            foreach (var (weight, chances) in lives)
            {
                chances.MoveNext();
                sum += weight * chances.Current;
            }
            yield return sum;
        }
    }

    internal override PurchaseModel With(double[] parameters) => new ParetoNbd(parameters[0], parameters[1], parameters[2], parameters[3]);

    internal override IHistoryLikelihood LikelihoodUpTo(int repeats) => new Likelihood(r, alpha, s, beta, repeats);

    internal override IEnumerable<double[]> Starts(Nbd withoutDropout, PurchaseHistories histories)
    {
        var weeks = Math.Max(1, histories.Mean(h => h.Weeks));
        foreach (var shape in new[] { 0.3, 1 })
            foreach (var scale in new[] { 0.3, 3 })
                yield return [.. withoutDropout.Parameters, shape, scale * weeks];
    }

    private sealed class Likelihood(double r, double alpha, double s, double beta, int repeats) : IHistoryLikelihood
    {
        private readonly RisingFactorial _rising = new(r, repeats);
        private readonly double _logAlpha = Math.Log(alpha);
        private readonly double _logBeta = Math.Log(beta);

        public void Add(PurchaseHistory history, double customers, Expansion sum)
        {
            var x = history.Repeats;
            var leaving = new ParetoLeaving(r, alpha, s, beta, history);
            sum.AddValue(customers * (_rising.Log(x) + (r * _logAlpha) + (s * _logBeta) + leaving.LogBracket));
            sum.AddFirst(0, customers * (_rising.First(x) + _logAlpha));
            sum.AddFirst(1, customers * r / alpha);
            sum.AddFirst(2, customers * _logBeta);
            sum.AddFirst(3, customers * s / beta);
            sum.AddSecond(0, 0, customers * _rising.Second(x));
            sum.AddSecond(0, 1, customers / alpha);
            sum.AddSecond(1, 1, -customers * r / (alpha * alpha));
            sum.AddSecond(2, 3, customers / beta);
            sum.AddSecond(3, 3, -customers * s / (beta * beta));
            leaving.AddBracket(customers, sum);
        }
    }
}
