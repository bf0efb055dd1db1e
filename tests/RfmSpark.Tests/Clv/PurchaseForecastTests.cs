using RfmSpark.Clv;
using RfmSpark.Settings;

namespace RfmSpark.Tests.Clv;

/// <summary>Expected purchases of NBD grow in a straight line, so what is discounted has a closed form.</summary>
public sealed class PurchaseForecastTests
{
    private const double AWeek = 2.5 / 40;
    private readonly Nbd _model = new(0.5, 10);

    [Fact]
    public void Each_months_purchases_are_worth_a_month_less()
    {
        var outlooks = new PurchaseForecast(_model, 0.21, [3, 12]).WhileAlive(2, 30);

        var months = Enumerable.Range(1, 12).Select(m => Math.Pow(1.21, -m / 12.0)).ToList();
        Assert.Equal(AWeek * 365.25 / 7 / 4, outlooks[0].Expected, 1e-12);
        Assert.Equal(AWeek * 365.25 / 7 / 12 * months.Take(3).Sum(), outlooks[0].Discounted, 1e-12);
        Assert.Equal(AWeek * 365.25 / 7 / 12 * months.Sum(), outlooks[1].Discounted, 1e-12);
    }

    [Fact]
    public void A_part_of_a_month_is_discounted_by_its_own_length_and_moves_no_other_horizon()
    {
        var six = Horizon.Parse("26w")!.Months;
        var outlooks = new PurchaseForecast(_model, 0.21, [six, 6, 7]).WhileAlive(2, 30);
        var whole = new PurchaseForecast(_model, 0.21, [6, 7]).WhileAlive(2, 30);

        var months = Enumerable.Range(1, 5).Sum(m => Math.Pow(1.21, -m / 12.0)) * AWeek * Horizon.WeeksPerMonth;
        Assert.Equal(26 * AWeek, outlooks[0].Expected, 1e-12);
        Assert.Equal(months + ((26 - (5 * Horizon.WeeksPerMonth)) * AWeek * Math.Pow(1.21, -six / 12)), outlooks[0].Discounted, 1e-12);
        Assert.Equal(whole, outlooks.Skip(1));
    }

    [Fact]
    public void A_weekly_rate_compounds_to_the_annual_one() =>
        Assert.Equal(1.15, Math.Pow(1 + PurchaseForecast.WeeklyRate(0.15), 365.25 / 7), 1e-12);

    [Theory]
    [InlineData("6m", 6.0)]
    [InlineData("120m", 120.0)]
    [InlineData("26w", 26 * 7 * 12 / 365.25)]
    [InlineData("0m", null)]
    [InlineData("121m", null)]
    [InlineData("-3m", null)]
    [InlineData("3", null)]
    [InlineData("m", null)]
    [InlineData("3M", null)]
    [InlineData("", null)]
    public void A_horizon_is_a_number_of_months_or_weeks(string text, double? months)
    {
        if (months is null) Assert.Null(Horizon.Parse(text));
        else Assert.Equal(months.Value, Horizon.Parse(text)!.Months, 1e-12);
    }
}
