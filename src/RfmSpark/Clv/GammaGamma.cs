using MathNet.Numerics;
using RfmSpark.Numerics;

namespace RfmSpark.Clv;

/// <summary>
/// Gamma-Gamma: what a customer's purchases come to is Gamma(p, ν), and customers differ in ν ~ Gamma(q, γ), whatever their frequency (Fader, Hardie and Lee, "RFM and
/// CLV: using iso-value curves for customer base analysis", Journal of Marketing Research 42, 2005; Fader and Hardie, "The Gamma-Gamma model of monetary value", 2013:
/// likelihood eq. 1a, expected spend eq. 5).
/// </summary>
/// <remarks>
/// p: shape of a customer's amounts; q: shape, γ: scale (money) of the customers; all above zero. The mean over customers, p γ / (q − 1), exists only for q above 1, so the fit
/// keeps it there and says if it would have gone lower. Weak where frequency and spend go together (<see cref="RepeatSpends.Correlation"/>).
/// </remarks>
public sealed class GammaGamma(double p, double q, double gamma)
{
    private const double LeastQ = 1.001;
    private const double Least = 1e-5;
    private const double Greatest = 1e9;

    /// <summary>p, q and γ.</summary>
    public IReadOnlyList<double> Parameters { get; } = [p, q, gamma];

    /// <summary>The names of <see cref="Parameters"/>.</summary>
    public static IReadOnlyList<string> ParameterNames => ["p", "q", "gamma"];

    /// <summary>Expected money a purchase, of a customer with <paramref name="repeats"/> of a mean of <paramref name="mean"/>; of one without, what customers spend on average.</summary>
    public double Expected(int repeats, double mean) => (gamma + (repeats * mean)) * p / ((p * repeats) + q - 1);

    /// <summary>The fit of greatest likelihood.</summary>
    /// <exception cref="ArgumentException">Nobody bought again.</exception>
    public static SpendFit Fit(RepeatSpends spends)
    {
        if (spends.All.Count == 0) throw new ArgumentException("Spend is fitted to customers who bought again.", nameof(spends));
        var starts = from shape in new[] { 1.0, 6 } from spread in new[] { 2.5, 6 } select new[] { shape, spread, spends.Mean * (spread - 1) / shape };
        var top = starts.Select(start => NewtonAscent.From(at => Sum(spends, at[0], at[1], at[2]), start, [Least, LeastQ, Least], [Greatest, Greatest, Greatest])).MaxBy(t => t.Expansion.Value)!;
        var covariance = top.Covariance();
        return new SpendFit(new GammaGamma(top.At[0], top.At[1], top.At[2]), top.Expansion.Value, Summit.StandardErrors(covariance), covariance, top.Converged, top.OnBound, top.At[1] <= LeastQ);
    }

    /// <summary>The log-likelihood with its derivatives in p, q and γ.</summary>
    internal static Expansion Sum(RepeatSpends spends, double p, double q, double gamma)
    {
        var sum = new Expansion(3);
        var (logGamma, lnq, psiQ, trigammaQ) = (Math.Log(gamma), SpecialFunctions.GammaLn(q), SpecialFunctions.DiGamma(q), Trigamma.Of(q));
        var (x, ln, psiBoth, psiOwn, trigammaBoth, trigammaOwn) = (0, 0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var (repeats, mean, n) in spends.All)
        {
            var (own, both) = (p * repeats, (p * repeats) + q);
            if (repeats != x)
            {
                ln = SpecialFunctions.GammaLn(both) - SpecialFunctions.GammaLn(own) - lnq;
                (psiBoth, psiOwn, trigammaBoth, trigammaOwn) = (SpecialFunctions.DiGamma(both), SpecialFunctions.DiGamma(own), Trigamma.Of(both), Trigamma.Of(own));
                x = repeats;
            }
            var spent = mean * x;
            var scale = gamma + spent;
            var (logMean, logSpent, logScale) = (Math.Log(mean), Math.Log(spent), Math.Log(scale));
            sum.AddValue(n * (ln + (q * logGamma) + (own * logSpent) - logMean - (both * logScale)));
            sum.AddFirst(0, n * x * (psiBoth - psiOwn + logSpent - logScale));
            sum.AddFirst(1, n * (psiBoth - psiQ + logGamma - logScale));
            sum.AddFirst(2, n * ((q / gamma) - (both / scale)));
            sum.AddSecond(0, 0, n * x * x * (trigammaBoth - trigammaOwn));
            sum.AddSecond(0, 1, n * x * trigammaBoth);
            sum.AddSecond(1, 1, n * (trigammaBoth - trigammaQ));
            sum.AddSecond(0, 2, -n * x / scale);
            sum.AddSecond(1, 2, n * ((1 / gamma) - (1 / scale)));
            sum.AddSecond(2, 2, n * ((both / (scale * scale)) - (q / (gamma * gamma))));
        }
        return sum;
    }
}

/// <summary>The model of spend, fitted by maximum likelihood.</summary>
/// <param name="Model">The model with the parameters that were found.</param>
/// <param name="LogLikelihood">The greatest log-likelihood.</param>
/// <param name="StandardErrors">Of p, q and γ; null where the Hessian is not negative definite.</param>
/// <param name="Covariance">Of them, likewise.</param>
/// <param name="Converged">Whether no step led higher.</param>
/// <param name="OnBound">Whether a parameter ran to the end of its range.</param>
/// <param name="HasNoMean">Whether q would have gone to 1 or below, where customers have no mean spend.</param>
public sealed record SpendFit(GammaGamma Model, double LogLikelihood, double[]? StandardErrors, double[,]? Covariance, bool Converged, bool OnBound, bool HasNoMean);
