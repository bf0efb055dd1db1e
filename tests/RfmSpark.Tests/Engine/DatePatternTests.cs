using System.Text.RegularExpressions;
using RfmSpark.DuckDb;
using RfmSpark.Engine;
using RfmSpark.Spark;

namespace RfmSpark.Tests.Engine;

public sealed class DatePatternTests
{
    [Theory]
    [InlineData("dd/MM/yyyy", "31/01/2026", true)]
    [InlineData("dd/MM/yyyy", "1/01/2026", false)]
    [InlineData("d/M/yyyy", "1/1/2026", true)]
    [InlineData("dd/MM/yyyy", "31/01/2026 ", false)]
    [InlineData("dd.MM.yyyy", "31x01x2026", false)]
    [InlineData("M/d/yyyy h:mm a", "1/31/2026 9:05 PM", true)]
    [InlineData("dd-MMM-yyyy", "31-jan-2026", true)]
    [InlineData("yyyyMMdd", "20260131", true)]
    [InlineData("yyyy-MM-ddTHH:mm:ss", "2026-01-31T10:00:00", true)]
    [InlineData("[dd] MM yyyy", "[31] 01 2026", true)]
    public void A_text_fits_whole_or_not_at_all(string pattern, string text, bool fits) =>
        Assert.Equal(fits, Regex.IsMatch(text, $"^(?:{DatePattern.Parse(pattern)!.Regex})$"));

    [Theory]
    [InlineData("MM/yyyy")]
    [InlineData("dd/MM")]
    [InlineData("dd/QQ/yyyy")]
    [InlineData("dd'th' MM yyyy")]
    [InlineData("")]
    [InlineData("dd/MM/yy")]
    [InlineData("yyyyMd")]
    [InlineData("M/d/yyyy H:mm a")]
    [InlineData("M/d/yyyy HH:mm a")]
    public void A_pattern_that_names_no_day_is_refused(string pattern) => Assert.Null(DatePattern.Parse(pattern));

    [Fact]
    public void Each_engine_gets_its_own_notation()
    {
        var pattern = DatePattern.Parse("dd/MM/yyyyTHH:mm:ss")!;

        Assert.Equal("'%d/%m/%YT%H:%M:%S'", new DuckDbDialect().DatePattern(pattern));
        Assert.Equal(@"'dd\'/\'MM\'/\'yyyy\'T\'HH\':\'mm\':\'ss'", new SparkDialect().DatePattern(pattern));
    }
}
