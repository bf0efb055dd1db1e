using System.Numerics;
using MathNet.Numerics;

namespace RfmSpark.Clv;

/// <summary>
/// 90 % prediction intervals of what a customer will bring: of purchases that come or do not, each of an amount that differs. Not of an expectation, which is known far better.
/// </summary>
/// <remarks>
/// Given n purchases of a customer with spend rate ν ~ Gamma(q + p x, γ + x m), their sum over the scale γ + x m is beta-prime(p n, q + p x) distributed, whatever the customer's
/// own spend; and n depends on x and T alone as long as the customer is alive. So there is one distribution for each pair of x and T, and a customer's own differs from it by
/// P(alive) and the scale. Distributions are kept on a grid of 96 amounts a number of repeats, evenly spaced in their logarithms, between which they are taken for straight.
/// Where nothing at all is likelier than 5 %, the interval begins at 0 and has its whole 10 % above.
/// </remarks>
public sealed class SpendIntervals
{
    private const double Outside = 0.1;
    private const double Unseen = 1e-7;
    private const int MostPurchases = 5000;
    private const int GridPoints = 96;

    private readonly Dictionary<int, double[]> _amounts = [];
    private readonly Dictionary<(int, double), double[]> _chances = [];
    private readonly Dictionary<(int, double), (double First, double Second)> _moments = [];
    private readonly double _p;
    private readonly double _q;

    /// <param name="model">When customers buy.</param>
    /// <param name="spend">What they spend.</param>
    /// <param name="ahead">Weeks to come.</param>
    /// <param name="pairs">The pairs of x and T (weeks) that will be asked for.</param>
    public SpendIntervals(PurchaseModel model, GammaGamma spend, double ahead, IEnumerable<(int Repeats, double Weeks)> pairs)
    {
        var (p, q) = (_p, _q) = (spend.Parameters[0], spend.Parameters[1]);
        var groups = pairs.Distinct().GroupBy(pair => pair.Repeats, pair => pair.Weeks).ToList();
        var made = new (double[] Amounts, List<(double Weeks, double[] Chances, (double, double) Moments)> Curves)[groups.Count];
        Parallel.For(0, groups.Count, g =>
        {
            var x = groups[g].Key;
            var counts = groups[g].Select(weeks => (Weeks: weeks, Chances: Counts(model, x, weeks, ahead))).ToList();
            var amounts = Amounts(p, q + (p * x), counts.Max(c => c.Chances.Length) - 1);
            var given = Given(amounts, p, q + (p * x), counts.Max(c => c.Chances.Length) - 1);
            made[g] = (amounts, [.. counts.Select(c => (c.Weeks, Mixed(c.Chances, given), Moments(c.Chances)))]);
        });
        foreach (var (group, (amounts, curves)) in groups.Zip(made))
        {
            _amounts[group.Key] = amounts;
            foreach (var (weeks, chances, moments) in curves) (_chances[(group.Key, weeks)], _moments[(group.Key, weeks)]) = (chances, moments);
        }
    }

    /// <summary>The interval of what a customer with x = <paramref name="repeats"/> and T = <paramref name="weeks"/> will bring, in units of γ + x m.</summary>
    public (double Low, double High) Of(int repeats, double weeks, double alive)
    {
        var (amounts, chances) = (_amounts[repeats], _chances[(repeats, weeks)]);
        var nothing = 1 - (alive * (1 - chances[0]));
        return nothing >= Outside / 2 ? (0, Quantile(1 - Outside)) : (Quantile(Outside / 2), Quantile(1 - (Outside / 2)));

        double Quantile(double level)
        {
            if (level <= nothing) return 0;
            var living = 1 - ((1 - level) / alive);
            var (low, high) = (0, chances.Length - 1);
            while (high - low > 1)
            {
                var middle = (low + high) / 2;
                (low, high) = chances[middle] <= living ? (middle, high) : (low, middle);
            }
            if (low == 0) return amounts[1];
            var share = (living - chances[low]) / Math.Max(1e-300, chances[high] - chances[low]);
            return amounts[low] * Math.Pow(amounts[high] / amounts[low], Math.Clamp(share, 0, 1));
        }
    }

    /// <summary>The variance of what the interval is of, in units of (γ + x m)²; null where the model of spend has none (q + p x ≤ 2).</summary>
    public double? Variance(int repeats, double weeks, double alive)
    {
        var shape = _q + (_p * repeats);
        if (shape <= 2) return null;
        // A sum of n purchases has mean p n and mean square p n + p² n² over ν and ν², whose means are 1 / (shape − 1) and 1 / ((shape − 1) (shape − 2)) of the scale.
        var (first, second) = _moments[(repeats, weeks)];
        var mean = alive * _p * first / (shape - 1);
        return (alive * ((_p * first) + (_p * _p * second)) / ((shape - 1) * (shape - 2))) - (mean * mean);
    }

    private static (double First, double Second) Moments(double[] chances) => (chances.Select((c, n) => c * n).Sum(), chances.Select((c, n) => c * n * n).Sum());

    // The chance of 0, 1, 2, … purchases, to where hardly any more is left.
    private static double[] Counts(PurchaseModel model, int repeats, double weeks, double ahead)
    {
        var (chances, left) = (new List<double>(), 1.0);
        foreach (var chance in model.ProbabilitiesWhileAlive(repeats, weeks, ahead))
        {
            chances.Add(chance);
            left -= chance;
            // What rounding leaves of 1 is not waited for, once chances fall.
            if (left <= Unseen || chances.Count == MostPurchases || (chances.Count > 1 && chance < Unseen / 100 && chance <= chances[^2])) break;
        }
        return [.. chances];
    }

    // From what hardly any single purchase is below to what hardly any sum of all is above; the first is nothing.
    private static double[] Amounts(double p, double shape, int most)
    {
        var (low, high) = (Math.Log(p / shape), Math.Log(Math.Max(1, most) * p / shape));
        while (Chance(p, 1, shape, Math.Exp(low)) > 1e-4) low -= 0.5;
        while (Chance(p, Math.Max(1, most), shape, Math.Exp(high)) < 1 - 1e-4) high += 0.5;
        return [0, .. Enumerable.Range(0, GridPoints).Select(i => Math.Exp(low + ((high - low) * i / (GridPoints - 1))))];
    }

    // Of n = 1, 2, … purchases, the chance that they come to no more than each amount.
    private static double[][] Given(double[] amounts, double p, double shape, int most) =>
        [.. Enumerable.Range(1, Math.Max(0, most)).Select(n => amounts.Select(z => Chance(p, n, shape, z)).ToArray())];

    private static double[] Mixed(double[] counts, double[][] given)
    {
        var mixed = new double[GridPoints + 1];
        Array.Fill(mixed, counts[0]);
        for (var n = 1; n < counts.Length; n++) AddTimes(mixed, counts[n], given[n - 1]);
        return mixed;
    }

    // Several amounts an instruction; each sum is taken in the order of n all the same, so that its digits do not depend on the machine.
    private static void AddTimes(double[] sums, double weight, double[] terms)
    {
        var (i, weights) = (0, new Vector<double>(weight));
        for (; i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count) (new Vector<double>(sums, i) + (weights * new Vector<double>(terms, i))).CopyTo(sums, i);
        for (; i < sums.Length; i++) sums[i] += weight * terms[i];
    }

    private static double Chance(double p, int n, double shape, double amount) => amount == 0 ? 0 : SpecialFunctions.BetaRegularized(p * n, shape, amount / (1 + amount));
}
