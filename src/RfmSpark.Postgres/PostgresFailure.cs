using Npgsql;

namespace RfmSpark.Postgres;

/// <summary>What went wrong in the database, as a sentence with what to do.</summary>
internal static class PostgresFailure
{
    internal static EngineFault Of(NpgsqlException failed, string place, string table, bool committing)
    {
        // An answer of the server to COMMIT is a no; without one the commit may have arrived.
        var outcome = committing && failed is not PostgresException { SqlState: not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown) }
            ? "Whether the commit arrived is not known: push again, which writes only what is missing."
            : "Nothing was changed in the database.";
        var what = failed is PostgresException answer ? answer.MessageText
            : failed.GetBaseException() is var cause && cause != failed ? $"{failed.Message.TrimEnd('.')}: {cause.Message}" : failed.Message;
        return new EngineFault($"{place}: {what.TrimEnd('.')}. {Advice(failed, table)}{outcome}", failed);
    }

    private static string Advice(NpgsqlException failed, string table) => failed switch
    {
        PostgresException answer => answer.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                "Look at Username, at RFMSPARK_POSTGRES_PASSWORD or PGPASSWORD, and at the server's pg_hba.conf. ",
            PostgresErrorCodes.InvalidCatalogName => "Look at Database in --connection. ",
            PostgresErrorCodes.InvalidSchemaName => "Create the schema, or name another with --schema. ",
            PostgresErrorCodes.InsufficientPrivilege => $"The user needs CREATE on the schema for the first push, SELECT, INSERT and UPDATE on {table}, "
                + $"its ownership for new columns, and TEMPORARY on the database. ",
            PostgresErrorCodes.InvalidColumnReference => $"{TargetTable.Key} must be the primary key of {table}, or unique. ",
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => "Push again once the server is there. ",
            _ => "",
        },
        _ when failed.GetBaseException() is TimeoutException => "Timeout (to connect) and Command Timeout in --connection set how long is waited, in seconds. ",
        _ when failed.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => "Set RFMSPARK_POSTGRES_PASSWORD or PGPASSWORD. ",
        _ => "Look at Host and Port in --connection, and whether the server is there; then push again. ",
    };
}
