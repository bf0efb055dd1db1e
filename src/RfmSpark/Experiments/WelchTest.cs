using MathNet.Numerics.Distributions;

namespace RfmSpark.Experiments;

/// <summary>
/// Two means compared without taking their variances for equal (Welch, "The generalization of 'Student's' problem when several different population
/// variances are involved", Biometrika 34, 1947), with Satterthwaite's degrees of freedom.
/// </summary>
public static class WelchTest
{
    /// <summary>
    /// Compares two means, given each group's size and its Σ(y − ȳ)². Nothing but the uplift is known of a group of one, or if nothing varies.
    /// </summary>
    public static Comparison Compare(double mean, double spread, long customers, double controlMean, double controlSpread, long controlCustomers)
    {
        var uplift = mean - controlMean;
        if (customers < 2 || controlCustomers < 2 || spread + controlSpread <= 0) return new Comparison(uplift, null, null, null, null);

        var (ofMean, ofControl) = (spread / (customers - 1) / customers, controlSpread / (controlCustomers - 1) / controlCustomers);
        var error = Math.Sqrt(ofMean + ofControl);
        var freedom = (ofMean + ofControl) * (ofMean + ofControl) / ((ofMean * ofMean / (customers - 1)) + (ofControl * ofControl / (controlCustomers - 1)));
        var half = StudentT.InvCDF(0, 1, freedom, 0.975) * error;
        var t = uplift / error;
        return new Comparison(uplift, uplift - half, uplift + half, t, 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t)));
    }
}
