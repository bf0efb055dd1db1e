using System.Collections.Concurrent;
using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Numerics;

namespace RfmSpark.Clv;

/// <summary>
/// What BG/NBD and MBG/NBD share: customers buy at a rate λ ~ Gamma(r, α) and leave with chance p ~ Beta(a, b) at each chance to do so. The two differ in whether the first
/// purchase is such a chance: a customer with x repeat purchases has stayed x times in BG/NBD, x + 1 times in MBG/NBD.
/// </summary>
/// <remarks>
/// The bracket of the likelihood is the sum of "alive" (α + T)^−(r + x) and "left after the last purchase" a / (b + stays − 1) (α + t_x)^−(r + x), added in logarithms:
/// the powers themselves overflow. At x = 0 BG/NBD has no second term: nobody has had a chance to leave.
/// </remarks>
public abstract class BetaGeometricNbd : PurchaseModel
{
    private readonly double _r;
    private readonly double _alpha;
    private readonly double _a;
    private readonly double _b;
    private readonly int _firstStays;
    private readonly ConcurrentDictionary<int, BetaExpectation> _expectations = new();

    private protected BetaGeometricNbd(double r, double alpha, double a, double b, int firstStays)
    {
        (_r, _alpha, _a, _b, _firstStays) = (r, alpha, a, b, firstStays);
        Parameters = [r, alpha, a, b];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ParameterNames => ["r", "alpha", "a", "b"];

    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters { get; }

    /// <summary>a / (a + b): the share of customers who leave at a chance to do so.</summary>
    public override double MeanDropout => _a / (_a + _b);

    /// <inheritdoc/>
    public override double ProbabilityAlive(PurchaseHistory history)
    {
        var stays = history.Repeats + _firstStays;
        if (stays == 0) return 1;
        // Log odds of having left: the odds themselves overflow for a frequent buyer who has long been away.
        var left = Math.Log(_a / (_b + stays - 1)) + ((_r + history.Repeats) * LogMath.Log1p((history.Weeks - history.LastWeek) / (_alpha + history.LastWeek)));
        return left > 0 ? Math.Exp(-left) / (1 + Math.Exp(-left)) : 1 / (1 + Math.Exp(left));
    }

    /// <inheritdoc/>
    public override SqlExpression ProbabilityAliveInSql => new(dialect =>
    {
        var (r, alpha, a, b) = (dialect.Literal(_r), dialect.Literal(_alpha), dialect.Literal(_a), dialect.Literal(_b));
        var stays = string.Create(CultureInfo.InvariantCulture, $"(x + {_firstStays})");
        return $"CASE WHEN {stays} = 0 THEN {dialect.Literal(1.0)} ELSE 1 / (1 + EXP(LN({a} / ({b} + {stays} - 1)) + ({r} + x) * LN(1 + (t - t_x) / ({alpha} + t_x)))) END";
    });

    /// <inheritdoc/>
    public override double ExpectedWhileAlive(int repeats, double weeks, double ahead) => Expectation(repeats).Events(ahead / (_alpha + weeks));

    /// <inheritdoc/>
    public override double DiscountedWhileAlive(int repeats, double weeks, double weeklyRate) => Expectation(repeats).DiscountedEvents(weeklyRate * (_alpha + weeks));

    /// <inheritdoc/>
    public override IEnumerable<double> ProbabilitiesWhileAlive(int repeats, double weeks, double ahead)
    {
        // Fader, Hardie and Lee 2005, eq. 8, with what the history has taught of λ and p: stayed at each purchase, or left at the last of them with time for more.
        var b = _b + repeats + _firstStays;
        var (n, stayed, left) = (0, 1.0, 0.0);
        foreach (var (exactly, orMore) in new GammaMixedPoisson(_r + repeats, _alpha + weeks, ahead).Tails())
        {
            yield return (stayed * exactly) + (left * orMore);
            var each = _a + b + n;
            (stayed, left) = (stayed * (b + n) / each, stayed * _a / each);
            n++;
        }
    }

    internal override IHistoryLikelihood LikelihoodUpTo(int repeats) => new Likelihood(this, repeats);

    internal override IEnumerable<double[]> Starts(Nbd withoutDropout, PurchaseHistories histories)
    {
        foreach (var dropout in new[] { 0.05, 0.2, 0.5 })
            foreach (var firmness in new[] { 1.0, 5, 50 })
                yield return [.. withoutDropout.Parameters, dropout * firmness, (1 - dropout) * firmness];
    }

    private BetaExpectation Expectation(int repeats) => _expectations.GetOrAdd(repeats, x => new BetaExpectation(_a, _b + x + _firstStays, _r + x));

    private sealed class Likelihood(BetaGeometricNbd model, int repeats) : IHistoryLikelihood
    {
        private readonly double _r = model._r;
        private readonly double _alpha = model._alpha;
        private readonly double _a = model._a;
        private readonly double _b = model._b;
        private readonly int _firstStays = model._firstStays;
        private readonly RisingFactorial _rising = new(model._r, repeats);
        private readonly BetaRatio _staying = new(model._a, model._b, repeats + model._firstStays);
        private readonly double _logA = Math.Log(model._a);
        private readonly double _logAlpha = Math.Log(model._alpha);

        public void Add(PurchaseHistory history, double customers, Expansion sum)
        {
            var x = history.Repeats;
            var stays = x + _firstStays;
            var shape = _r + x;
            var (aliveScale, leftScale) = (_alpha + history.Weeks, _alpha + history.LastWeek);
            var (logAlive, logLeft) = (Math.Log(aliveScale), Math.Log(leftScale));
            var others = _b + stays - 1;
            var (alive, left) = (-shape * logAlive, stays == 0 ? double.NegativeInfinity : _logA - Math.Log(others) - (shape * logLeft));
            var bracket = LogMath.LogAddExp(alive, left);
            var (p, q) = (Math.Exp(alive - bracket), Math.Exp(left - bracket));

            // Derivatives of the two terms, weighted by their shares; along a and b only the second has any.
            var (dLog, dScale) = (logLeft - logAlive, (shape / aliveScale) - (shape / leftScale));
            var spread = p * q * customers;
            sum.AddValue(customers * (_rising.Log(x) + (_r * _logAlpha) + _staying.Log(stays) + bracket));
            sum.AddFirst(0, customers * (_rising.First(x) + _logAlpha - (p * logAlive) - (q * logLeft)));
            sum.AddFirst(1, customers * ((_r / _alpha) - (p * shape / aliveScale) - (q * shape / leftScale)));
            sum.AddFirst(2, customers * (_staying.AlongA(stays) + (q / _a)));
            sum.AddSecond(0, 0, (customers * _rising.Second(x)) + (spread * dLog * dLog));
            sum.AddSecond(0, 1, (customers * ((1 / _alpha) - (p / aliveScale) - (q / leftScale))) - (spread * dLog * dScale));
            sum.AddSecond(1, 1, (customers * ((p * shape / (aliveScale * aliveScale)) + (q * shape / (leftScale * leftScale)) - (_r / (_alpha * _alpha)))) + (spread * dScale * dScale));
            sum.AddSecond(2, 2, (customers * (_staying.SecondA(stays) - (q / (_a * _a)))) + (spread / (_a * _a)));
            sum.AddSecond(0, 2, -spread * dLog / _a);
            sum.AddSecond(1, 2, spread * dScale / _a);
            if (stays == 0) return;
            sum.AddFirst(3, customers * (_staying.AlongB(stays) - (q / others)));
            sum.AddSecond(3, 3, (customers * (_staying.SecondB(stays) + (q / (others * others)))) + (spread / (others * others)));
            sum.AddSecond(2, 3, (customers * _staying.SecondA(stays)) - (spread / (_a * others)));
            sum.AddSecond(0, 3, spread * dLog / others);
            sum.AddSecond(1, 3, -spread * dScale / others);
        }
    }
}
