using RfmSpark.Report;

namespace RfmSpark.Tests.Report;

/// <summary>Numbers as a reader wants them.</summary>
public sealed class NumbersTests
{
    [Theory]
    [InlineData(null, null, "–")]
    [InlineData("EUR", 1234567.891, "€1,234,568")]
    [InlineData("CHF", 99.999, "CHF 100.00")]
    [InlineData("EUR", 12.5, "€12.50")]
    [InlineData("EUR", 12.0, "€12")]
    [InlineData(null, -1234.5, "−1,235")]
    public void Money_has_its_currency(string? currency, double? amount, string written) => Assert.Equal(written, new Numbers(currency).Money((decimal?)amount));

    [Theory]
    [InlineData(999_999.0, "€999,999")]
    [InlineData(1_234_567.0, "€1.23 million")]
    [InlineData(-2_500_000_000.0, "−€2.50 billion")]
    public void Large_sums_are_said_as_one_says_them(double amount, string written) => Assert.Equal(written, new Numbers("EUR").RoundMoney((decimal)amount));

    [Theory]
    [InlineData(0.1234, "12.3\u00a0%")]
    [InlineData(-0.0001, "0.0\u00a0%")]
    [InlineData(12.5, "1,250.0\u00a0%")]
    public void Shares_are_in_percent(double share, string written) => Assert.Equal(written, Numbers.Percent(share));

    [Theory]
    [InlineData(0.05, "+5.0\u00a0%")]
    [InlineData(-0.05, "−5.0\u00a0%")]
    [InlineData(null, "–")]
    public void Changes_have_a_sign(double? change, string written) => Assert.Equal(written, Numbers.Change(change));
}
