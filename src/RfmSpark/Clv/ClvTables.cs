using RfmSpark.Engine;

namespace RfmSpark.Clv;

/// <summary>The tables between the models and the customers.</summary>
internal static class ClvTables
{
    /// <summary>What models see of each customer: all, or the first part with what was held out.</summary>
    internal static readonly Table CustomerHistories = new("customer_histories", "one row per customer with a purchase in what is fitted to", [],
    [
        Tables.CustomerSegments["customer_id"],
        new("repeats", ColumnType.Int, "purchase days after the first one"),
        new("last_day", ColumnType.Int, "days from the first purchase to the last one"),
        new("days", ColumnType.Int, "days from the first purchase to the end of what is fitted to"),
        new("repeat_spend", ColumnType.Money, "what purchase days after the first one came to"),
        new("purchases_after", ColumnType.Int, "purchase days after that end, up to as_of"),
        new("spend_after", ColumnType.Money, "what those came to"),
    ]);

    /// <summary>What is predicted of each history of the first part.</summary>
    internal static readonly Table HeldOutPatterns = new("held_out_patterns", "one row per history", [],
        [CustomerHistories["repeats"], CustomerHistories["last_day"], CustomerHistories["days"], new("expected", ColumnType.Double, "purchase days in the weeks held out")]);

    /// <summary>The margins that are set.</summary>
    internal static readonly Table PlaceMargins = new("place_margins", "one row per place", [],
        [new("place", ColumnType.Text, "channel or store, in lower case"), new("margin", ColumnType.Decimal(9, 6), "share of spend that is margin")]);

    /// <summary>Margins of customers' own.</summary>
    internal static readonly Table CustomerMargins = new("customer_margins", "one row per customer with a purchase, where margins differ", [],
        [Tables.CustomerSegments["customer_id"], new("margin", ColumnType.Double, "share of spend that is margin, of what it has bought")]);

    /// <summary>What is expected of each history.</summary>
    internal static readonly Table ClvPatterns = new("clv_patterns", "one row per history", [],
    [
        CustomerHistories["repeats"],
        CustomerHistories["last_day"],
        CustomerHistories["days"],
        Tables.CustomerSegments["p_alive"],
        Tables.CustomerSegments["expected_orders_3m"],
        Tables.CustomerSegments["expected_orders_12m"],
        new("discounted_3m", ColumnType.Double, "expected_orders_3m, each month's discounted"),
        new("discounted_12m", ColumnType.Double, "expected_orders_12m, each month's discounted"),
        new("low_12m", ColumnType.Double, "lower end of what 12 months will bring, discounted alike, in units of gamma + repeat_spend"),
        new("high_12m", ColumnType.Double, "upper end"),
        new("chance_12m", ColumnType.Double, "the variance of what 12 months will bring, in units of (gamma + repeat_spend) squared; NULL if the models know none"),
        .. Enumerable.Range(1, ParameterUncertainty.MostDirections).Select(k => new Column($"moves_{k}", ColumnType.Double,
            "how far discounted_12m moves along one of the independent directions in which the model of purchases is uncertain; 0 if it has fewer")),
    ]);

    /// <summary>What is expected of customers of an earlier day who are alive.</summary>
    internal static readonly Table WorthPatterns = new("worth_patterns", "one row per number of repeats and of days", [],
        [CustomerHistories["repeats"], CustomerHistories["days"], ClvPatterns["discounted_12m"]]);

    /// <summary>How likely customers of an earlier day were alive.</summary>
    internal static readonly Table AlivePatterns = new("alive_patterns", "one row per history; none where a closed form tells", [],
        [CustomerHistories["repeats"], CustomerHistories["last_day"], CustomerHistories["days"], ClvPatterns["p_alive"]]);

    /// <summary>The same for the horizons of clv.horizons.</summary>
    internal static readonly Table HorizonPatterns = new("horizon_patterns", "one row per history and horizon", [],
    [
        CustomerHistories["repeats"],
        CustomerHistories["last_day"],
        CustomerHistories["days"],
        Tables.CustomerHorizons["horizon"],
        new("expected", ColumnType.Double, "purchase days up to the horizon"),
        new("discounted", ColumnType.Double, "the same, each month's discounted"),
    ]);

    /// <summary>
    /// Brings amounts of money together that are equal in their first digits: in steps of a cent below 100, of at most a thousandth of the amount above. In whole numbers, so that it is the
    /// same on every engine.
    /// </summary>
    internal static SqlExpression Cell(string amount) => new(_ =>
    {
        var cents = $"CAST({amount} * 100 AS BIGINT)";
        var steps = Enumerable.Range(1, 14).Select(i => $"WHEN ABS({cents}) < {Power(i + 4)} THEN {cents} - {cents} % {Power(i)}");
        return $"CASE WHEN ABS({cents}) < {Power(4)} THEN {cents} {string.Join(' ', steps)} END";
    });

    private static string Power(int exponent) => "1" + new string('0', exponent);
}
