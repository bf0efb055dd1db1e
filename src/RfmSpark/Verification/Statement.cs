using RfmSpark.Engine;

namespace RfmSpark.Verification;

/// <summary>Something that holds of the tables of every finished run.</summary>
/// <param name="Name">In words, as a fault begins.</param>
/// <param name="Tables">The tables that it is about; all are open when it is looked at.</param>
/// <param name="Counterexamples">Selects one text for each thing that does not hold, up to a few; nothing if all holds.</param>
internal sealed record Statement(string Name, IReadOnlyList<Table> Tables, string Counterexamples)
{
    private const int Samples = 3;

    /// <summary>What does not hold, in a sentence; null if it holds.</summary>
    internal string? Fault(IEngine engine)
    {
        var found = engine.Read(Sql.Inline($"SELECT found FROM ({Counterexamples}) AS counterexamples ORDER BY found NULLS LAST LIMIT {Samples + 1}"), row => row.Text(0) ?? "NULL");
        return found.Count == 0 ? null : $"{Name}: {string.Join("; ", found.Take(Samples))}{(found.Count > Samples ? " and more" : "")}";
    }
}
