using RfmSpark.Numerics;

namespace RfmSpark.Clv;

/// <summary>A model fitted to histories by maximum likelihood.</summary>
/// <param name="Model">The model with the parameters that were found.</param>
/// <param name="LogLikelihood">The greatest log-likelihood.</param>
/// <param name="StandardErrors">Of the parameters; null where the Hessian is not negative definite.</param>
/// <param name="Covariance">Of the parameters, likewise.</param>
/// <param name="Converged">Whether no step led higher.</param>
/// <param name="OnBound">Whether a parameter ran to the end of its range: the data does not hold it.</param>
public sealed record PurchaseFit(PurchaseModel Model, double LogLikelihood, double[]? StandardErrors, double[,]? Covariance, bool Converged, bool OnBound)
{
    private const int SampleSize = 4000;
    private const int ChunkSize = 4096;
    private const double Least = 1e-5;
    private const double Greatest = 1e7;

    /// <summary>All models, fitted to <paramref name="histories"/>: NBD first, from which the others begin.</summary>
    public static IReadOnlyList<PurchaseFit> All(PurchaseHistories histories)
    {
        var nbd = Of(new Nbd(1, 1), new Nbd(1, 1), histories);
        return [nbd, .. new PurchaseModel[] { new BgNbd(1, 1, 1, 1), new MbgNbd(1, 1, 1, 1), new ParetoNbd(1, 1, 1, 1) }.Select(kind => Of(kind, (Nbd)nbd.Model, histories))];
    }

    /// <summary>The best fit from several starts. The starts are led to their ends on a sample of the histories; the best end, on all of them.</summary>
    public static PurchaseFit Of(PurchaseModel kind, Nbd withoutDropout, PurchaseHistories histories)
    {
        double[] least = [.. kind.Parameters.Select(_ => Least)];
        double[] greatest = [.. kind.Parameters.Select(_ => Greatest)];
        var sample = histories.Sample(SampleSize);
        var best = kind.Starts(withoutDropout, histories)
            .Select(start => NewtonAscent.From(parameters => Sum(kind.With(parameters), sample), start, least, greatest))
            .MaxBy(summit => summit.Expansion.Value)!;
        var top = ReferenceEquals(sample, histories) ? best : NewtonAscent.From(parameters => Sum(kind.With(parameters), histories), best.At, least, greatest);
        var covariance = top.Covariance();
        return new PurchaseFit(kind.With(top.At), top.Expansion.Value, Summit.StandardErrors(covariance), covariance, top.Converged, top.OnBound);
    }

    /// <summary>What is said of parameters that run off together.</summary>
    internal const string Vague = "a parameter's standard error is larger than itself: customers hardly differ there, and only what parameters come to together is known";

    /// <summary>Whether a parameter is known to no digit: its standard error is larger than itself.</summary>
    internal bool IsVague => AreVague(Model.Parameters, StandardErrors);

    internal static bool AreVague(IReadOnlyList<double> parameters, IReadOnlyList<double>? standardErrors) =>
        standardErrors is not null && standardErrors.Zip(parameters).Any(p => p.First > p.Second);

    /// <summary>Akaike's information criterion, the less the better.</summary>
    public double Aic => (2 * Model.Parameters.Count) - (2 * LogLikelihood);

    /// <summary>The log-likelihood of all histories, with its derivatives. Summed in chunks of one size, so that the digits do not depend on the number of threads.</summary>
    internal static Expansion Sum(PurchaseModel model, PurchaseHistories histories)
    {
        var likelihood = model.LikelihoodUpTo(histories.MostRepeats);
        var chunks = new Expansion[(histories.Count + ChunkSize - 1) / ChunkSize];
        Parallel.For(0, chunks.Length, chunk =>
        {
            var sum = new Expansion(model.Parameters.Count);
            for (var i = chunk * ChunkSize; i < Math.Min((chunk + 1) * ChunkSize, histories.Count); i++)
            {
                var (history, customers) = histories[i];
                likelihood.Add(history, customers, sum);
            }
            chunks[chunk] = sum;
        });
        var total = new Expansion(model.Parameters.Count);
        foreach (var chunk in chunks) total.Add(chunk);
        return total;
    }
}
