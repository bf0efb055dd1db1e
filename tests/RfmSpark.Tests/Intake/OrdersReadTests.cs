using RfmSpark.Intake;

namespace RfmSpark.Tests.Intake;

/// <summary>What is said of orders as a whole.</summary>
public sealed class OrdersReadTests
{
    private static readonly DateOnly First = new(2026, 1, 1);

    [Theory]
    [InlineData(1, 7, false)]
    [InlineData(1, 8, true)]
    [InlineData(7, 14, false)]
    [InlineData(7, 15, true)]
    [InlineData(30, 60, false)]
    [InlineData(30, 61, true)]
    public void Orders_that_end_after_a_pause_longer_than_any_are_missing_a_delivery(int pause, int silent, bool isStale)
    {
        var orders = Read([.. Enumerable.Range(0, 6).Select(i => (First.AddDays(i * pause), 10L, 0L))]);

        var said = orders.StaleAt(orders.LastOrder.AddDays(silent));

        Assert.Equal(isStale, said is not null);
        if (isStale) Assert.Contains($"{silent} days before", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(365, false)]
    [InlineData(366, true)]
    public void One_day_of_orders_tells_of_no_pause(int silent, bool isStale)
    {
        var said = Read((First, 10, 0)).StaleAt(First.AddDays(silent));

        Assert.Equal(isStale, said is not null);
        Assert.DoesNotContain("pause", said ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_in_a_hole_of_the_orders_is_told_of_as_if_they_ended_there()
    {
        var orders = Read([.. Enumerable.Range(0, 200).Where(day => day is < 50 or >= 150).Select(day => (First.AddDays(day), 10L, 0L))]);

        Assert.Contains("the last one up to then is dated 2026-02-19, 51 days before", orders.StaleAt(First.AddDays(100)), StringComparison.Ordinal);
        Assert.Null(orders.StaleAt(First.AddDays(50)));
        Assert.Null(orders.StaleAt(First.AddDays(-1)));
    }

    [Theory]
    [InlineData(100, 5, false)]
    [InlineData(100, 6, true)]
    [InlineData(200, 100, true)]
    public void Lines_that_repeat_others_by_the_dozen_are_a_delivery_read_twice(long lines, long repeated, bool isSaid) =>
        Assert.Equal(isSaid, Read((First, lines, repeated)).TwiceAt(First) is not null);

    [Fact]
    public void Only_lines_that_are_seen_are_told_of()
    {
        var orders = Read((First, 10, 0), (First.AddDays(40), 10, 10));

        Assert.Null(orders.TwiceAt(First.AddDays(1)));
        Assert.Equal(First, orders.LastOrderUpTo(First.AddDays(39)));
        Assert.Null(orders.LastOrderUpTo(First.AddDays(-1)));
    }

    [Theory]
    [InlineData("EUR", "EUR")]
    [InlineData("usd", "USD")]
    [InlineData("€", null)]
    [InlineData("US1", null)]
    [InlineData(null, null)]
    public void A_currency_is_a_code_of_three_letters(string? written, string? code) => Assert.Equal(code, (Read((First, 1, 0)) with { Currency = written }).CurrencyCode);

    private static OrdersRead Read(params (DateOnly Day, long Lines, long Repeated)[] days) =>
        new(days.Sum(d => d.Lines), new Dictionary<string, long>(), days.ToDictionary(d => d.Day, d => new DayTotal(d.Lines, d.Repeated, d.Lines)));
}
