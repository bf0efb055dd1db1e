using RfmSpark.Clv;
using static RfmSpark.Tests.Clv.SimulatedCustomers;

namespace RfmSpark.Tests.Clv;

/// <summary>What orders were simulated with is found again.</summary>
public sealed class RecoveryTests
{
    // So many that the likelihood is nearly symmetric about its summit; of 4,000 customers a and b are known so badly that their errors differ to the two sides.
    private const int Customers = 20_000;

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds))]
    public void Parameters_are_found_again_within_three_standard_errors(ulong seed)
    {
        var (histories, spends) = Simulate(Slow, Customers, seed);
        var withoutDropout = PurchaseFit.Of(new Nbd(1, 1), new Nbd(1, 1), histories);
        var fit = PurchaseFit.Of(new BgNbd(1, 1, 1, 1), (Nbd)withoutDropout.Model, histories);
        var spend = GammaGamma.Fit(spends);

        Within(fit.Model.Parameters, fit.StandardErrors!, [Slow.R, Slow.Alpha, Slow.A, Slow.B]);
        Within(spend.Model.Parameters, spend.StandardErrors!, [Slow.SpendP, Slow.SpendQ, Slow.SpendGamma]);
    }

    private static void Within(IReadOnlyList<double> found, IReadOnlyList<double> errors, double[] truth)
    {
        for (var i = 0; i < truth.Length; i++) Assert.InRange((found[i] - truth[i]) / errors[i], -3, 3);
    }
}
