using RfmSpark.Engine;
using RfmSpark.Numerics;

namespace RfmSpark.Clv;

/// <summary>
/// NBD: customers buy at a rate λ ~ Gamma(r, α) and never leave (Ehrenberg, "The pattern of consumer purchases", Applied Statistics 8, 1959; likelihood by the
/// order of the purchases' times, as the models with dropout have it, so that all of them can be compared).
/// </summary>
/// <remarks>
/// r: shape of the rates; α: their scale, in weeks; both above zero. If every customer buys equally often, r and α run to their bounds together.
/// Weak where customers do leave: everyone is alive for ever, so it promises too much (on CDNOW 56 % too much).
/// </remarks>
public sealed class Nbd(double r, double alpha) : PurchaseModel
{
    /// <inheritdoc/>
    public override string Name => "NBD";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ParameterNames => ["r", "alpha"];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters { get; } = [r, alpha];

    /// <inheritdoc/>
    public override bool HasDropout => false;

    /// <inheritdoc/>
    public override double MeanDropout => 0;

    /// <inheritdoc/>
    public override double ProbabilityAlive(PurchaseHistory history) => 1;

    /// <inheritdoc/>
    public override SqlExpression ProbabilityAliveInSql { get; } = new(dialect => dialect.Literal(1.0));

    /// <inheritdoc/>
    public override double ExpectedWhileAlive(int repeats, double weeks, double ahead) => (r + repeats) / (alpha + weeks) * ahead;

    /// <inheritdoc/>
    public override IEnumerable<double> ProbabilitiesWhileAlive(int repeats, double weeks, double ahead) => new GammaMixedPoisson(r + repeats, alpha + weeks, ahead).Probabilities();

    /// <inheritdoc/>
    public override double DiscountedWhileAlive(int repeats, double weeks, double weeklyRate) => (r + repeats) / (alpha + weeks) / weeklyRate;

    internal override PurchaseModel With(double[] parameters) => new Nbd(parameters[0], parameters[1]);

    internal override IHistoryLikelihood LikelihoodUpTo(int repeats) => new Likelihood(r, alpha, repeats);

    // The mean rate of purchases is r / α; how much rates differ is left to the ascent.
    internal override IEnumerable<double[]> Starts(Nbd withoutDropout, PurchaseHistories histories)
    {
        var rate = Math.Max(1e-6, histories.Mean(h => h.Repeats) / Math.Max(1e-6, histories.Mean(h => h.Weeks)));
        foreach (var shape in new[] { 0.3, 1, 3 }) yield return [shape, shape / rate];
    }

    private sealed class Likelihood(double r, double alpha, int repeats) : IHistoryLikelihood
    {
        private readonly RisingFactorial _rising = new(r, repeats);
        private readonly double _logAlpha = Math.Log(alpha);

        public void Add(PurchaseHistory history, double customers, Expansion sum)
        {
            var (x, scale) = (history.Repeats, alpha + history.Weeks);
            var logScale = Math.Log(scale);
            sum.AddValue(customers * (_rising.Log(x) + (r * _logAlpha) - ((r + x) * logScale)));
            sum.AddFirst(0, customers * (_rising.First(x) + _logAlpha - logScale));
            sum.AddFirst(1, customers * ((r / alpha) - ((r + x) / scale)));
            sum.AddSecond(0, 0, customers * _rising.Second(x));
            sum.AddSecond(0, 1, customers * ((1 / alpha) - (1 / scale)));
            sum.AddSecond(1, 1, customers * (((r + x) / (scale * scale)) - (r / (alpha * alpha))));
        }
    }
}
