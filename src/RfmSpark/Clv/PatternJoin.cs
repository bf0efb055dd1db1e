using RfmSpark.Engine;

namespace RfmSpark.Clv;

/// <summary>How customers come to what is expected of their history, on an engine of several machines.</summary>
internal static class PatternJoin
{
    // Of one to two hundred bytes each.
    private const int MostOnEachMachine = 1_000_000;

    /// <summary>
    /// A hint for the join with <paramref name="table"/>, a row for each of <paramref name="histories"/>. Each machine gets all of them, so that customers stay where and in which order they lie, as
    /// long as they fit beside its work; else customers go to their histories and come back.
    /// </summary>
    internal static SqlExpression Hint(string table, int histories) =>
        new(_ => histories <= MostOnEachMachine ? $"/*+ BROADCAST({table}) */" : $"/*+ SHUFFLE_HASH({table}), REPARTITION(customer_id) */");
}
