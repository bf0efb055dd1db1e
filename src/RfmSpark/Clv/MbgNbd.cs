namespace RfmSpark.Clv;

/// <summary>
/// MBG/NBD: as <see cref="BgNbd"/>, but a customer may also leave right after the first purchase (Batislam, Denizel and Filiztekin, "Empirical validation and comparison of
/// models for customer base analysis", International Journal of Research in Marketing 24, 2007; Hoppe and Wagner, "Customer base analysis: the case for a
/// central variant of the Betageometric/NBD model", Marketing – Journal of Research and Management 3, 2007).
/// </summary>
/// <remarks>
/// r, α (weeks), a, b as in BG/NBD. Without a sign of dropout it becomes <see cref="Nbd"/>. Weak: as long as a customer does not buy there is no further chance to leave, so
/// that who has left does so at a purchase; <see cref="ParetoNbd"/> lets customers leave at any time.
/// </remarks>
public sealed class MbgNbd(double r, double alpha, double a, double b) : BetaGeometricNbd(r, alpha, a, b, 1)
{
    /// <inheritdoc/>
    public override string Name => "MBG/NBD";

    internal override PurchaseModel With(double[] parameters) => new MbgNbd(parameters[0], parameters[1], parameters[2], parameters[3]);
}
