using RfmSpark.DuckDb;
using RfmSpark.Engine;
using RfmSpark.Spark;

namespace RfmSpark.Tests.Engine;

public sealed class SqlTests
{
    private static readonly Dialect DuckDb = new DuckDbDialect();
    private static readonly Dialect Spark = new SparkDialect();

    [Fact]
    public void Values_become_literals_of_their_type()
    {
        var sql = Sql.Inline("SELECT :day, :count, :many, :price, :rate, :flag, :name")
            .With("day", new DateOnly(2026, 2, 28)).With("count", 5).With("many", 5L).With("price", 12.50m).With("rate", 0.1).With("flag", true).With("name", "O'Hara");

        Assert.Equal("SELECT DATE '2026-02-28', 5, CAST(5 AS BIGINT), 12.50, CAST('0.1' AS DOUBLE), TRUE, 'O''Hara'", sql.Render(DuckDb));
    }

    [Fact]
    public void A_text_can_break_out_of_its_quotes_on_neither_engine()
    {
        var sql = Sql.Inline("SELECT :name").With("name", "\\' OR 1=1 --'");

        Assert.Equal(@"SELECT '\'' OR 1=1 --'''", sql.Render(DuckDb));
        Assert.Equal(@"SELECT '\\\' OR 1=1 --\''", sql.Render(Spark));
    }

    [Theory]
    [InlineData("SELECT 1 -- as of :day\n")]
    [InlineData("SELECT ':day'")]
    [InlineData("SELECT \":day\"")]
    [InlineData("SELECT 'it''s :day'")]
    public void A_parameter_in_a_comment_or_in_quotes_is_none(string text) => Assert.Equal(text, Sql.Inline(text).Render(DuckDb));

    [Fact]
    public void A_missing_value_is_named_with_its_line()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Sql.Inline("SELECT 1\n  -- :not_this\nFROM t WHERE d = :as_of").Render(DuckDb));

        Assert.Equal("inline:3: the parameter ':as_of' has no value.", error.Message);
    }

    [Fact]
    public void A_value_that_is_not_used_is_an_error()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Sql.Inline("SELECT 1").With("as_of", 1).Render(DuckDb));

        Assert.Equal("inline: the value 'as_of' is not used.", error.Message);
    }

    [Fact]
    public void An_unknown_function_is_named_with_those_that_there_are()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Sql.Inline("SELECT {{soundex(a)}}").Render(DuckDb));

        Assert.StartsWith("inline:1: no dialect function 'soundex'; there are days_between", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_may_hold_calls_commas_and_parameters()
    {
        var sql = Sql.Inline("SELECT {{days_between(MAX(COALESCE(a, b)), :as_of)}}").With("as_of", new DateOnly(2026, 1, 1));

        Assert.Equal("SELECT date_diff('day', MAX(COALESCE(a, b)), DATE '2026-01-01')", sql.Render(DuckDb));
        Assert.Equal("SELECT CAST(datediff(DATE '2026-01-01', MAX(COALESCE(a, b))) AS BIGINT)", sql.Render(Spark));
    }

    [Fact]
    public void Cut_points_become_a_sum_of_comparisons()
    {
        var sql = Sql.Inline("SELECT {{count_above(x, :cuts)}}");

        Assert.Equal("SELECT (CASE WHEN x > 1.5 THEN 1 ELSE 0 END + CASE WHEN x > 3 THEN 1 ELSE 0 END)", sql.With("cuts", new[] { 1.5m, 3m }).Render(DuckDb));
        Assert.Equal("SELECT 0", sql.With("cuts", Array.Empty<decimal>()).Render(DuckDb));
    }

    [Fact]
    public void An_argument_of_a_function_may_hold_the_sign_of_another()
    {
        foreach (var dialect in new[] { DuckDb, Spark })
        {
            var call = dialect.Call("matches", ["'$2'", "'x'"]);
            Assert.Contains("'$2'", call, StringComparison.Ordinal);
            Assert.Single(call.Split("'x'").Skip(1));
        }
    }

    [Fact]
    public void Both_dialects_know_every_function()
    {
        foreach (var (function, arity) in Dialect.FunctionNames)
            foreach (var dialect in new[] { DuckDb, Spark })
                Assert.DoesNotContain("$", dialect.Call(function, [.. Enumerable.Repeat("x", arity)]).Replace(")$'", ")'", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
