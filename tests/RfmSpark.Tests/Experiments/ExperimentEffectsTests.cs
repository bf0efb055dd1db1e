using RfmSpark.Experiments;

namespace RfmSpark.Tests.Experiments;

public sealed class ExperimentEffectsTests
{
    private static readonly ArmShares Arms = new("control", new Dictionary<string, double> { ["control"] = 0.5, ["B"] = 0.25, ["A"] = 0.25 });

    [Fact]
    public void Arms_are_compared_in_all_and_in_each_segment_and_corrected_among_themselves()
    {
        var effects = ExperimentEffects.Of(
        [
            Conversion("new", "A", 60, 100), Conversion("new", "B", 50, 100), Conversion("new", "control", 80, 200),
            Conversion("old", "A", 30, 100), Conversion("old", "control", 40, 200), Conversion("old", "B", 20, 100),
        ], Arms);

        Assert.Equal([(null, "A"), (null, "B"), ("new", "A"), ("new", "B"), ("old", "A"), ("old", "B")], effects.Select(e => (e.Segment, e.Arm)));
        Assert.Equal([0.15, 0.05, 0.2, 0.1, 0.1, 0.0], effects.Select(e => Math.Round(e.Plain!.Value.Uplift, 12)));
        Assert.Equal(effects[0].Plain!.Value.P!.Value * 2, effects[0].PHolm!.Value, 1e-15);
        Assert.Equal(effects[2].Plain!.Value.P!.Value * 4, effects[2].PHolm!.Value, 1e-15);
        Assert.All(effects, e => Assert.Equal(1, e.RatioP!.Value, 1e-12));
    }

    [Fact]
    public void A_segment_without_an_arm_has_a_row_and_no_uplift()
    {
        var effects = ExperimentEffects.Of([Conversion("new", "A", 60, 100), Conversion("new", "B", 50, 100), Conversion("new", "control", 80, 200), Conversion("old", "control", 1, 1)], Arms);

        Assert.Equal([true, true, false, false], effects.Where(e => e.Segment is not null).Select(e => e.Plain is not null));
    }

    [Fact]
    public void An_amount_is_an_amount_even_where_nobody_spent_any()
    {
        ArmOutcome[] sums = [Spent("new", "A", 10), Spent("new", "B", 10), Spent("new", "control", 10), Spent("old", "A", 0), Spent("old", "B", 0), Spent("old", "control", 0)];

        Assert.All(ExperimentEffects.Of(sums, Arms), e => Assert.False(e.IsProportion));
    }

    [Theory]
    [InlineData("a/b", "0.1", "A", "--name is 'a/b'")]
    [InlineData("a", "0", "A", "--holdout is 0")]
    [InlineData("a", "1", "A", "--holdout is 1")]
    [InlineData("a", "0.1", "A,A", "'A' twice")]
    [InlineData("a", "0.1", "A,control", "always there")]
    [InlineData("a", "0.1", "A,", "an arm without a name")]
    public void A_plan_that_cannot_be_is_refused(string name, string holdout, string arms, string sentence)
    {
        var plan = new ExperimentPlan(name, [], decimal.Parse(holdout, System.Globalization.CultureInfo.InvariantCulture), arms.Split(','), 30, null);

        Assert.Contains(sentence, Assert.Throws<ConfigFault>(plan.Check).Message, StringComparison.Ordinal);
    }

    private static ArmOutcome Conversion(string segment, string arm, long converted, long customers) =>
        new(segment, arm, "conversion", new OutcomeSums(customers, 0, converted, converted, converted, 0, 0, 0));

    private static ArmOutcome Spent(string segment, string arm, double money) =>
        new(segment, arm, "revenue", new OutcomeSums(5, money > 0 ? 2 : 0, money > 0 ? 5 : 0, money, money * money / 2, 0, 0, 0));
}
