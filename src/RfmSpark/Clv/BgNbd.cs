namespace RfmSpark.Clv;

/// <summary>
/// BG/NBD: after each repeat purchase a customer leaves with chance p ~ Beta(a, b) (Fader, Hardie and Lee, "'Counting your customers' the easy way: an alternative to
/// the Pareto/NBD model", Marketing Science 24, 2005: likelihood eq. 6, number of purchases eq. 8, expectations eq. 9 and 10).
/// </summary>
/// <remarks>
/// r, α (weeks): shape and scale of the rates of purchase; a, b: shapes of the chances to leave; all above zero. Without a sign of dropout a falls to zero, or b grows
/// without end, and the model becomes <see cref="Nbd"/>. Weak: a customer with one purchase has had no chance to leave, so P(alive) is 1 by construction, however
/// long ago that was; <see cref="MbgNbd"/> mends it.
/// </remarks>
public sealed class BgNbd(double r, double alpha, double a, double b) : BetaGeometricNbd(r, alpha, a, b, 0)
{
    /// <inheritdoc/>
    public override string Name => "BG/NBD";

    internal override PurchaseModel With(double[] parameters) => new BgNbd(parameters[0], parameters[1], parameters[2], parameters[3]);
}
