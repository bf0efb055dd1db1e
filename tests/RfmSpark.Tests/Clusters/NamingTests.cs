using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RfmSpark.Clusters;
using RfmSpark.Rfm;

namespace RfmSpark.Tests.Clusters;

/// <summary>Names follow what customers are like.</summary>
public sealed class NamingTests
{
    // 100 customers with recency 0 to 99 days, 1 to 100 orders, 10 to 1,000 in money.
    private static readonly ScoresMade Scores = new(RfmSpark.Engine.Sql.Of("customer_scores"),
        new ValueCounts(Enumerable.Range(0, 100).Select(i => ((decimal)i, 1L))), new ValueCounts(Enumerable.Range(1, 100).Select(i => ((decimal)i, 1L))),
        new ValueCounts(Enumerable.Range(1, 100).Select(i => (10m * i, 1L))), []);

    private static readonly SegmentsFile Shipped = SegmentsFile.Read(Path.Combine(Checkout.Root, "conf", "segments.json"));

    [Theory]
    [InlineData("lifecycle", 10, 90, 900, "Champions")]
    [InlineData("lifecycle", 90, 10, 100, "Lost")]
    [InlineData("lifecycle", 5, 20, 200, "New")]
    [InlineData("lifecycle", 80, 90, 950, "Cannot Lose")]
    [InlineData("four-actions", 15, 90, 900, "Reward")]
    [InlineData("four-actions", 60, 70, 700, "Retain")]
    [InlineData("four-actions", 20, 30, 300, "Develop")]
    [InlineData("four-actions", 85, 15, 150, "Re-engage")]
    [InlineData("composite", 10, 90, 900, "Champions")]
    [InlineData("composite", 50, 50, 500, "Loyal Buyers")]
    [InlineData("composite", 70, 30, 300, "At-Risk")]
    [InlineData("composite", 95, 5, 50, "Hibernating")]
    public void A_kind_of_customer_has_its_name(string set, int days, int orders, int money, string expected) =>
        Assert.Equal(expected, Naming.Of([new ClusterMeans(days, orders, money)], Scores, Shipped.ChoosePersonas(set), []).Single().Persona);

    [Property(MaxTest = 100)]
    public Property No_name_is_given_twice_and_the_clusters_numbers_do_not_matter() => Prop.ForAll(
        Gen.Choose(1, 99).Three().Select(v => new ClusterMeans(v.Item1, v.Item2, 10m * v.Item3)).NonEmptyListOf().Where(l => l.Distinct().Count() <= 20).ToArbitrary(), input =>
        {
            var clusters = input.Distinct().ToList();
            foreach (var set in Shipped.Personas.Values)
            {
                var names = Naming.Of(clusters, Scores, set, []);
                Assert.Equal(clusters.Count, names.Select(n => n.Persona).Distinct().Count());
                Assert.All(names, n => Assert.NotEmpty(n.Description));
                clusters.Reverse();
                Assert.Equal(names.Select(n => n.Description).Order(StringComparer.Ordinal), Naming.Of(clusters, Scores, set, []).Select(n => n.Description).Order(StringComparer.Ordinal));
                clusters.Reverse();
            }
        });

    // Places of (recency, frequency, monetary) are 1 - days / 100, orders / 100 and money / 1000: At Risk is at (.3, .65, .65), Loyal at (.65, .75, .7).
    [Theory]
    [InlineData(57, null, "At Risk")]
    [InlineData(57, "Loyal", "Loyal")]
    [InlineData(57, "Champions", "At Risk")]
    [InlineData(64, "Loyal", "At Risk")]
    [InlineData(50, null, "Loyal")]
    [InlineData(50, "At Risk", "At Risk")]
    public void A_cluster_between_two_names_keeps_the_one_that_it_had(int days, string? before, string expected)
    {
        EarlierName[] earlier = before is null ? [] : [new EarlierName(before, new ClusterMeans(days - 5, 72, 680)), new EarlierName("Lost", new ClusterMeans(90, 20, 200))];

        Assert.Equal(expected, Naming.Of([new ClusterMeans(days, 72, 680)], Scores, Shipped.ChoosePersonas("lifecycle"), earlier).Single().Persona);
    }

    [Fact]
    public void A_name_stays_with_the_customers_where_clusters_have_changed_places()
    {
        ClusterMeans often = new(53, 72, 680), seldom = new(60, 45, 500);
        EarlierName[] earlier = [new EarlierName("Need Attention", seldom), new EarlierName("Loyal", often)];

        Assert.Equal(["Loyal", "Need Attention"], Naming.Of([often, seldom], Scores, Shipped.ChoosePersonas("lifecycle"), earlier).Select(n => n.Persona));
        Assert.Equal(["New"], Naming.Of([new ClusterMeans(5, 20, 200)], Scores, Shipped.ChoosePersonas("lifecycle"), earlier).Select(n => n.Persona));
    }

    [Fact]
    public void Clusters_of_one_kind_share_a_name_and_are_told_apart_by_a_number()
    {
        var names = Naming.Of([new ClusterMeans(5, 99, 990), new ClusterMeans(8, 95, 950)], Scores, Shipped.ChoosePersonas("composite"), []);

        Assert.Equal(["Champions", "Champions 2"], names.Select(n => n.Persona));
    }

    // 80 of 100 customers ordered once: that is seldom, but no reason to call them the lowest.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(1, 0.4)]
    [InlineData(1.5, 0.8)]
    [InlineData(2, 0.875)]
    [InlineData(9, 0.975)]
    [InlineData(10, 1)]
    public void A_value_that_most_customers_have_lies_in_their_middle(double value, double share) =>
        Assert.Equal(share, Naming.ShareBelow(new ValueCounts([(1m, 80L), (2m, 15L), (9m, 5L)]), (decimal)value), 12);

    [Fact]
    public void What_is_the_same_in_all_clusters_describes_none() =>
        Assert.Equal("spends least", Naming.Of([new ClusterMeans(50, 1, 500), new ClusterMeans(50, 1, 600)], Scores, Shipped.ChoosePersonas("lifecycle"), [])[0].Description);
}
