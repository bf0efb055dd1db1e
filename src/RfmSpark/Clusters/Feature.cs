using RfmSpark.Engine;
using RfmSpark.Rfm;

namespace RfmSpark.Clusters;

/// <summary>What customers are compared by.</summary>
public enum Feature
{
    /// <summary>Days since the last order.</summary>
    Recency,
    /// <summary>Orders.</summary>
    Frequency,
    /// <summary>Money spent.</summary>
    Monetary,
    /// <summary>Money an order.</summary>
    AverageOrderValue,
    /// <summary>Days since the first order.</summary>
    Tenure,
    /// <summary>Mean days between two orders; for a single order the days since it, in which no second one came.</summary>
    Gap,
}

/// <summary>The values of features, of each customer in SQL and of all together here.</summary>
internal static class FeatureValues
{
    /// <summary>A feature of one customer of <c>customer_scores</c>, as DECIMAL(18,2).</summary>
    internal static string Expression(this Feature feature, DateOnly asOf, Dialect dialect)
    {
        string Decimal(string days) => $"CAST({days} AS {dialect.TypeName(ColumnType.Money)})";
        return feature switch
        {
            Feature.Recency => Decimal("recency_days"),
            Feature.Frequency => Decimal("frequency"),
            Feature.Monetary => "monetary",
            Feature.AverageOrderValue => dialect.Call("money_per", ["monetary", "frequency"]),
            Feature.Tenure => Decimal(dialect.Call("days_between", ["first_order", dialect.Literal(asOf)])),
            _ => $"CASE WHEN frequency > 1 THEN {dialect.Call("money_per", [Decimal(dialect.Call("days_between", ["first_order", "last_order"])), "(frequency - 1)"])} "
                + $"ELSE {Decimal("recency_days")} END",
        };
    }

    /// <summary>The distribution of a feature; those of the three measures are known already.</summary>
    internal static ValueCounts Counts(this Feature feature, IEngine engine, ScoresMade scores, DateOnly asOf) => feature switch
    {
        Feature.Recency => scores.Recency,
        Feature.Frequency => scores.Frequency,
        Feature.Monetary => scores.Monetary,
        _ => new ValueCounts(engine.Read(Sql.Of("feature_values").With("feature", new SqlExpression(d => feature.Expression(asOf, d))), row => (row.Decimal(0), row.Long(1)))),
    };

    /// <summary>The features that the settings name, in their order.</summary>
    internal static IReadOnlyList<Feature> Parse(IReadOnlyList<string> names) => [.. names.Select(n => Enum.Parse<Feature>(n, ignoreCase: true))];
}
