using System.Text.RegularExpressions;
using RfmSpark.DuckDb;
using RfmSpark.Engine;
using RfmSpark.Spark;

namespace RfmSpark.Tests.Engine;

/// <summary>Every SQL file keeps to the subset that both engines read alike, and renders to the text that was last looked at.</summary>
public sealed partial class SqlFileTests
{
    private static readonly Regex Hole = HolePattern();

    private static IEnumerable<string> Names => Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", "RfmSpark"), "*.sql", SearchOption.AllDirectories)
        .Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    public static TheoryData<string> Files => [.. Names];

    [Theory, MemberData(nameof(Files))]
    public void A_file_says_what_it_makes_of_what(string name)
    {
        var lines = Text(name).Split('\n');

        Assert.StartsWith($"-- {name}: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("-- grain   ", StringComparison.Ordinal));
        // Tables between commas; in brackets, what there is to say of one.
        var header = lines.Single(line => line.StartsWith("-- reads   ", StringComparison.Ordinal))["-- reads   ".Length..];
        var said = Regex.Replace(header, @" \([^()]*\)", "").Split(", ");
        var read = SourcePattern().Matches(CommentPattern().Replace(Text(name), "")).Select(m => m.Groups[1].Value).Distinct();
        Assert.Equal(read.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Files))]
    public void A_file_keeps_to_what_both_engines_read_alike(string name)
    {
        var code = CommentPattern().Replace(Text(name), "");

        Assert.DoesNotMatch(@"(?i)\bSELECT\s+(DISTINCT\s+)?\*|\w\.\*", code);
        Assert.DoesNotMatch(@"(?i)::|\bQUALIFY\b|\bGROUP\s+BY\s+ALL\b|\bNTILE\b", code);
        Assert.DoesNotMatch(@"(?i)\bIF\s*\(|\bNVL\b|\bLOG\s*\(", code);
        Assert.All(OrderKeys(code), key => Assert.Matches("(?i) NULLS (FIRST|LAST)$", key));
        // An uncast aggregate would reach a table.
        Assert.DoesNotMatch(@"(?im)^    (SUM|COUNT|AVG)\(", code);
    }

    [Fact]
    public void Keys_of_an_order_are_told_apart() =>
        Assert.Equal(
            ["a DESC NULLS LAST", "f", "b NULLS FIRST", "c"],
            OrderKeys("SELECT RANK() OVER (PARTITION BY p ORDER BY a DESC NULLS LAST, f(g(1, 2), 3)) FROM t\norder  by\n    b NULLS FIRST,\n    c\nLIMIT 3"));

    [Theory, MemberData(nameof(Files))]
    public void A_file_renders_to_the_text_that_was_looked_at(string name)
    {
        foreach (var dialect in new Dialect[] { new DuckDbDialect(), new SparkDialect() })
            Golden.Check(Path.Combine("sql", $"{name}.{dialect.Name}.sql"), Filled(name).Render(dialect));
    }

    [Fact]
    public void No_text_is_looked_at_of_a_file_that_is_gone()
    {
        var looked = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "tests", "data", "sql")).Select(f => Path.GetFileName(f).Split('.')[0]).Distinct();

        Assert.Empty(looked.Except(Names));
    }

    // What stands in brackets is no key of its own.
    private static IEnumerable<string> OrderKeys(string code) =>
        OrderPattern().Matches(code).SelectMany(order => BracketPattern().Replace(order.Groups["keys"].Value, "").Split(',')).Select(key => key.Trim());

    // Values of the right type for every parameter and hole of a file.
    private static Sql Filled(string name)
    {
        var text = Text(name);
        var sql = Sql.Of(name);
        var code = CommentPattern().Replace(text, "");
        foreach (var parameter in Regex.Matches(code, @"(?<![:\w]):([a-z_]+)").Select(m => m.Groups[1].Value).Distinct())
        {
            sql = parameter switch
            {
                "as_of" => sql.With(parameter, new DateOnly(2026, 1, 31)),
                "first_day" or "last_day" or "assigned" or "earlier" or "last" => sql.With(parameter, new DateOnly(2026, 2, 1)),
                "experiment" or "outcome" or "snapshot" => sql.With(parameter, "spring"),
                "fitted_until" => sql.With(parameter, new DateOnly(2025, 10, 31)),
                "period" => sql.With(parameter, "month"),
                "year_ago" => sql.With(parameter, new DateOnly(2025, 1, 31)),
                "gross" or "by_store" or "by_persona" or "count_days" or "have_discounts" or "in_part" => sql.With(parameter, true),
                _ when parameter.EndsWith("_range", StringComparison.Ordinal) => sql.With(parameter, 364.0),
                _ when parameter.EndsWith("_cuts", StringComparison.Ordinal) || parameter.EndsWith("_quartiles", StringComparison.Ordinal) || parameter.EndsWith("_breaks", StringComparison.Ordinal)
                    => sql.With(parameter, new[] { 1m, 2.5m }),
                "monetary_min" => sql.With(parameter, -3.75m),
                "margin" when name == "customer_margins" => sql.With(parameter, 0.3m),
                "p" or "q" or "gamma" or "first" or "second" or "third" or "margin" or "rate_shape" or "quarter_days" => sql.With(parameter, 2.5),
                "bins" or "days" or "recency_classes" or "recency_max" or "frequency_min" => sql.With(parameter, 4),
                _ => throw new InvalidOperationException($"{name}.sql: of which type is :{parameter}?"),
            };
        }
        foreach (var hole in Hole.Matches(code).Select(m => m.Groups[1].Value).Distinct()) sql = sql.With(hole, new SqlExpression(_ => $"<{hole}>"));
        return sql;
    }

    private static string Text(string name) =>
        File.ReadAllText(Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", "RfmSpark"), name + ".sql", SearchOption.AllDirectories).Single());

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex CommentPattern();

    // Not what letters are trimmed from.
    [GeneratedRegex(@"(?<!BOTH ' ' )\b(?:FROM|JOIN)\s+([a-z_]+)")]
    private static partial Regex SourcePattern();

    // Up to the bracket that an OVER ends with, or to what may follow.
    [GeneratedRegex(@"\bORDER\s+BY\b(?<keys>((?!\b(ROWS|RANGE|LIMIT)\b)([^()]|(?<open>\()|(?<-open>\))))*)", RegexOptions.IgnoreCase)]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"\(([^()]|(?<open>\()|(?<-open>\)))*\)")]
    private static partial Regex BracketPattern();

    [GeneratedRegex(@"\{\{([a-z_]+)\}\}")]
    private static partial Regex HolePattern();
}
