namespace RfmSpark.EngineTests.Contract;

/// <summary>The dialect: each function means the same, over cases with NULLs, month ends and negative numbers.</summary>
public abstract partial class EngineContract
{
    public static TheoryData<string, object?> FunctionCases => new()
    {
        { "{{days_between(DATE '2024-02-28', DATE '2024-03-01')}}", 2L },
        { "{{days_between(DATE '2023-02-28', DATE '2023-03-01')}}", 1L },
        { "{{days_between(DATE '2024-03-01', DATE '2024-02-28')}}", -2L },
        { "{{days_between(CAST(NULL AS DATE), DATE '2024-01-01')}}", null },
        { "{{matches('12.50', '[0-9]+[.][0-9]+')}}", true },
        { "{{matches('12.50 ', '[0-9]+[.][0-9]+')}}", false },
        { "{{matches(concat('12.50', chr(10)), '[0-9]+[.][0-9]+')}}", false },
        { "{{matches('x12.50', '[0-9]+[.][0-9]+')}}", false },
        { "{{matches(CAST(NULL AS VARCHAR(9)), '.*')}}", null },
        { "{{money(CAST(2.005 AS DECIMAL(38, 6)))}}", 2.01m },
        { "{{money(CAST(-2.005 AS DECIMAL(38, 6)))}}", -2.01m },
        { "{{money(CAST(-0.004 AS DECIMAL(38, 6)))}}", 0.00m },
        { "{{money(CAST(2.004999 AS DECIMAL(38, 6)))}}", 2.00m },
        { "{{money(CAST(1234567890123456.785 AS DECIMAL(38, 6)))}}", 1234567890123456.79m },
        { "{{money(CAST(NULL AS DECIMAL(38, 6)))}}", null },
        { "{{money_per(CAST(10.05 AS DECIMAL(18, 2)), 2)}}", 5.03m },
        { "{{money_per(CAST(-10.05 AS DECIMAL(18, 2)), 2)}}", -5.03m },
        { "{{money_per(CAST(10.00 AS DECIMAL(18, 2)), 3)}}", 3.33m },
        { "{{money_per(CAST(20.00 AS DECIMAL(18, 2)), 3)}}", 6.67m },
        { "{{money_per(CAST(0.00 AS DECIMAL(18, 2)), 7)}}", 0.00m },
        { "{{money_per(CAST(99999999999999.99 AS DECIMAL(18, 2)), 1)}}", 99999999999999.99m },
        { "{{money_per(CAST(NULL AS DECIMAL(18, 2)), 7)}}", null },
        { "{{money_of(CAST('2.005' AS DOUBLE))}}", 2.01m },
        { "{{money_of(CAST('2.0049' AS DOUBLE))}}", 2.00m },
        { "{{money_of(CAST('-2.005' AS DOUBLE))}}", -2.00m },
        { "{{money_of(CAST('-2.0051' AS DOUBLE))}}", -2.01m },
        { "{{money_of(CAST('9007199254740.99' AS DOUBLE))}}", 9007199254740.99m },
        { "{{money_of(CAST(NULL AS DOUBLE))}}", null },
        { "{{product(CAST(123456.789012 AS DECIMAL(18, 6)), CAST(-987654.321098 AS DECIMAL(18, 6)))}}", -121932631136.585886175176m },
        { "{{product(CAST(999999999999.999999 AS DECIMAL(18, 6)), CAST(1 AS DECIMAL(18, 6)))}}", 999999999999.999999m },
        { "{{product(CAST(NULL AS DECIMAL(18, 6)), CAST(1 AS DECIMAL(18, 6)))}}", null },
        { "{{bit(0)}}", 1L },
        { "{{bit(30 + 1)}}", 2147483648L },
        { "{{bit(61)}}", 2305843009213693952L },
        { "{{bit(CAST(NULL AS INTEGER))}}", null },
        { "{{hash24('a')}}", 835957 },
        { "{{hash24('é1')}}", 13564978 },
        { "{{hash24(CAST(NULL AS VARCHAR(9)))}}", null },
        { "{{whole_sum(x)}} FROM (SELECT CAST(9007199254740993 AS BIGINT) AS x UNION ALL SELECT CAST(-2 AS BIGINT) AS x UNION ALL SELECT CAST(NULL AS BIGINT) AS x) AS t", 9007199254740991L },
        { "{{whole_sum(x)}} FROM (SELECT CAST(NULL AS BIGINT) AS x) AS t", null },
        { "{{median(x)}} FROM (SELECT 1 AS x UNION ALL SELECT 2 AS x UNION ALL SELECT 10 AS x) AS t", 2.0 },
        { "{{median(x)}} FROM (SELECT 1 AS x UNION ALL SELECT 2 AS x) AS t", 1.5 },
        { "{{median(x)}} FROM (SELECT CAST(NULL AS INTEGER) AS x) AS t", null },
    };

    [Fact]
    public void Every_function_of_the_dialect_has_cases()
    {
        // Days are parsed in patterns, which have a theory of their own.
        var called = FunctionCases.Select(c => ((string)c[0]!).Split("{{")[1].Split('(')[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(Dialect.FunctionNames.Keys.Where(name => name != "parse_day").Order(StringComparer.Ordinal), called.Order(StringComparer.Ordinal));
    }

    [SkippableTheory, MemberData(nameof(FunctionCases))]
    public void A_function_of_the_dialect_means_the_same(string call, object? expected) =>
        Assert.Equal(expected, Engine.Read(Sql.Inline("SELECT " + call), row => row.Value(0)).Single());

    [SkippableTheory]
    [InlineData("dd/MM/yyyy", "31/12/2025", "2025-12-31")]
    [InlineData("d/M/yyyy", "1/2/2025", "2025-02-01")]
    [InlineData("dd/MM/yyyy HH:mm", "31/12/2025 23:59", "2025-12-31")]
    [InlineData("M/d/yyyy h:mm a", "12/31/2025 11:59 PM", "2025-12-31")]
    [InlineData("dd-MMM-yyyy", "05-Feb-2026", "2026-02-05")]
    [InlineData("[dd] MM {yyyy}", "[05] 02 {2026}", "2026-02-05")]
    [InlineData("yyyyMMdd", "20240229", "2024-02-29")]
    [InlineData("yyyyMMdd", "20230229", null)]
    [InlineData("dd/MM/yyyy", "30/02/2026", null)]
    [InlineData("dd/MM/yyyy", "31-12-2025", null)]
    public void A_day_is_read_in_the_clients_pattern(string pattern, string text, string? day)
    {
        var read = Engine.Read(Sql.Inline("SELECT {{parse_day(:text, :pattern)}}").With("text", text).With("pattern", DatePattern.Parse(pattern)!), row => row.Value(0)).Single();

        Assert.Equal(day, (read as DateOnly?)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }
}
