using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RfmSpark.Experiments;

namespace RfmSpark.Tests.Experiments;

public sealed class ArmAllotmentTests
{
    private static readonly Gen<(string Name, long[] Strata, decimal Holdout, int Treated)> Inputs =
        Gen.Choose(0, 1_000_000).SelectMany(name => Gen.Choose(0, 60).Select(n => (long)n).ArrayOf().SelectMany(strata =>
            Gen.Choose(1, 999).SelectMany(holdout => Gen.Choose(1, 6).Select(treated => (FormattableString.Invariant($"e{name}"), strata, holdout / 1000m, treated)))));

    [Property(MaxTest = 2000)]
    public Property Every_arm_has_its_share_of_every_stratum_and_of_all_to_within_one_customer() => Prop.ForAll(Inputs.ToArbitrary(), input =>
    {
        var sizes = ArmAllotment.Sizes(input.Name, input.Strata, input.Holdout, input.Treated);

        Assert.Equal(input.Strata, sizes.Select(s => s.Sum()));
        for (var arm = 0; arm <= input.Treated; arm++)
        {
            var share = arm == 0 ? input.Holdout : (1 - input.Holdout) / input.Treated;
            Assert.All(sizes.Zip(input.Strata), s => Assert.True(Math.Abs(s.First[arm] - (s.Second * share)) < 1));
            Assert.True(Math.Abs(sizes.Sum(s => s[arm]) - (input.Strata.Sum() * share)) < 1);
        }
    });

    [Fact]
    public void Over_many_names_the_only_customer_of_a_stratum_has_the_chances_that_were_asked_for()
    {
        // Three strata of one customer: the middle one, over 10,000 names.
        var arms = Enumerable.Range(0, 10_000).Select(i => ArmAllotment.Sizes(FormattableString.Invariant($"name {i}"), [1, 1, 1], 0.2m, 2)[1]).ToList();

        Assert.Equal(0.2, arms.Average(a => a[0]), 0.016);
        Assert.Equal(0.4, arms.Average(a => a[1]), 0.02);
        Assert.Equal(0.4, arms.Average(a => a[2]), 0.02);
    }
}
