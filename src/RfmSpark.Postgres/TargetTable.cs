using RfmSpark.Engine;

namespace RfmSpark.Postgres;

/// <summary>The table that customers are pushed into, with their published columns.</summary>
internal sealed record TargetTable(string Schema, string Name)
{
    internal const string Key = "customer_id";

    /// <summary>The columns that come with each push.</summary>
    internal static IReadOnlyList<Column> Pushed => Tables.CustomerSegments.Columns;

    /// <summary>The table's name as SQL writes it.</summary>
    internal string Qualified => $"{PostgresTypes.Identifier(Schema)}.{PostgresTypes.Identifier(Name)}";

    /// <summary>
    /// Creates the table, or adds the columns that it lacks. It is looked for first: CREATE TABLE IF NOT EXISTS wants the right to create even where
    /// there is nothing to do, and ALTER TABLE waits for every reader.
    /// </summary>
    /// <exception cref="ConfigFault">There is a table of that name that customers cannot be pushed into.</exception>
    internal void Prepare(PostgresSession session)
    {
        var columns = Pushed;
        var there = session.Rows(
            """
            SELECT attname, format_type(atttypid, atttypmod) FROM pg_catalog.pg_attribute
            WHERE attrelid = (SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2)
              AND attnum > 0 AND NOT attisdropped
            """,
            row => (Name: row.GetString(0), Type: row.GetString(1)), Schema, Name).ToDictionary(c => c.Name, c => c.Type);
        if (there.Count == 0)
        {
            session.Run($"CREATE TABLE {Qualified} ({string.Join(", ", columns.Select(Definition))}, PRIMARY KEY ({Key}))");
            return;
        }
        if (!there.ContainsKey(Key)) throw new ConfigFault($"{Qualified} has no column {Key}, so it is no table of customers. Name another with --table or --schema.");
        var faults = columns.Where(c => there.TryGetValue(c.Name, out var type) && type != PostgresTypes.Name(c.Type))
            .Select(c => $"{Qualified} has a column {c.Name} of type {there[c.Name]}, where {PostgresTypes.Name(c.Type)} is pushed. Change its type, or name another table with --table.").ToList();
        if (faults.Count > 0) throw new ConfigFault(faults);
        var missing = columns.Where(c => !there.ContainsKey(c.Name)).Select(c => $"ADD COLUMN IF NOT EXISTS {Definition(c)}").ToList();
        if (missing.Count > 0) session.Run($"ALTER TABLE {Qualified} {string.Join(", ", missing)}");
    }

    /// <summary>The last day that was pushed into it, or null.</summary>
    internal DateOnly? LastDay(PostgresSession session) =>
        session.Rows($"SELECT max(as_of) FROM {Qualified}", row => row.IsDBNull(0) ? (DateOnly?)null : row.GetFieldValue<DateOnly>(0))[0];

    /// <summary>A column as CREATE and ALTER TABLE write it.</summary>
    internal static string Definition(Column column) => $"{PostgresTypes.Identifier(column.Name)} {PostgresTypes.Name(column.Type)}";
}
