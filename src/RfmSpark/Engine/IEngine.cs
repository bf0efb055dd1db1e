namespace RfmSpark.Engine;

/// <summary>
/// A SQL engine that keeps tables by name, and publishes them as Delta. This is all that a stage may ask of an engine:
/// what is not here is said in portable SQL, or done in C# on the rows that <see cref="Read"/> returned.
/// </summary>
/// <remarks>
/// Synchronous: there is one driver thread and nothing to overlap. Cancelling is the engine's own affair; a cancelled verb
/// throws <see cref="OperationCanceledException"/>. Every other failure is an <see cref="EngineFault"/> that names the table and the SQL file.
/// </remarks>
public interface IEngine : IDisposable
{
    /// <summary>The engine's name and version, for the record of the run.</summary>
    string Version { get; }

    /// <summary>How this engine spells what SQL engines spell differently.</summary>
    Dialect Dialect { get; }

    /// <summary>
    /// Makes the client's files readable under <paramref name="name"/>: one row a record, the mapped columns under our names (as text
    /// where the format has no types, else in the file's own type), then <c>source</c> (the file), <c>content</c> (the whole record as
    /// JSON, or as it stands where it cannot be read), <c>fingerprint</c> (a 64-bit hash, equal for records that are equal in every column)
    /// and <c>fault</c> (why it cannot be read, else NULL).
    /// </summary>
    /// <exception cref="DataFault">A file is missing, empty, or lacks a mapped column.</exception>
    LoadedFiles Load(string name, SourceFiles files);

    /// <summary>
    /// Names <paramref name="select"/> without running it: for rows that are read once or twice and would be large to keep. With
    /// <paramref name="keepOnCluster"/> an engine of several machines keeps them from the first time that they are read: where they would be moved again, or where
    /// what is made of them would be too long a program to be compiled with them.
    /// </summary>
    void Define(Table table, Sql select, bool keepOnCluster = false);

    /// <summary>Runs <paramref name="select"/> once and keeps its rows. Its columns must be those of <paramref name="table"/>.</summary>
    void Create(Table table, Sql select);

    /// <summary>Keeps rows that were made here (cells, scores) as <paramref name="table"/>.</summary>
    void Put<T>(Table table, IEnumerable<T> rows, Action<T, IRowWriter> write);

    /// <summary>Brings the rows of <paramref name="select"/> here, in its order. A run reads aggregates alone: at most one row a distinct value, never one a customer.</summary>
    IReadOnlyList<T> Read<T>(Sql select, Func<IRow, T> map);

    /// <summary>Forgets a table of this run and frees what it held. Unknown names are passed over.</summary>
    void Drop(Table table);

    /// <summary>
    /// Commits the rows of <paramref name="table"/> to the Delta table at <see cref="Publication.Path"/>, in place of the rows of the same
    /// <c>as_of</c> (and <see cref="Publication.Within"/>), in one commit. Creates the table if there is none. A publication that is recorded there already is not written twice.
    /// </summary>
    /// <returns>The version of the Delta table that holds the rows.</returns>
    long Save(Table table, Publication publication);

    /// <summary>
    /// Makes the Delta table at <paramref name="path"/> readable under <paramref name="name"/>, as it now stands or stood at
    /// <paramref name="version"/>; with <paramref name="where"/> only the files of those partition values.
    /// </summary>
    /// <returns>The columns as the table has them, or null if there is no Delta table.</returns>
    IReadOnlyList<Column>? Open(string name, string path, IReadOnlyDictionary<string, string>? where = null, long? version = null);

    /// <summary>Writes a small file beside the tables (a page of a few megabytes), in place of one of that name; makes the folders above it.</summary>
    /// <exception cref="EngineFault">It cannot be written there.</exception>
    void WriteFile(string path, ReadOnlyMemory<byte> content);

    /// <summary>
    /// Which run wrote each of <paramref name="days"/> in the Delta table at <paramref name="path"/> last (<see cref="Publication.Run"/>), whether it finished or not.
    /// Days of which none is recorded are left out.
    /// </summary>
    IReadOnlyDictionary<DateOnly, long> LastRuns(string path, IReadOnlyCollection<DateOnly> days);

    /// <summary>
    /// Takes the rows that agree with a row of <paramref name="keys"/> in every column of it out of the Delta table at <paramref name="path"/>, in one commit, which leaves files without such rows as
    /// they are and says nothing of what the keys were. If there is no such row, nothing is committed. Older versions still hold them, until <see cref="Vacuum"/>.
    /// </summary>
    /// <returns>The version of the Delta table that is without them, or null if there is no Delta table.</returns>
    long? Remove(Table keys, string path);

    /// <summary>
    /// Leaves nothing of the Delta table at <paramref name="path"/> but its present version: no data file that belongs to an older one, or to a writer that did not
    /// finish, and no entry of the log but the newest, in whose place a checkpoint has the whole state. Nobody else may write meanwhile; who still reads an older version
    /// fails.
    /// </summary>
    /// <exception cref="EngineFault">A file cannot be deleted, and may still hold rows that were removed.</exception>
    void Vacuum(string path);
}

/// <summary>One run's write to one Delta table.</summary>
/// <param name="Path">The table's folder.</param>
/// <param name="AsOf">The partition that is replaced.</param>
/// <param name="Run">
/// Grows from run to run. Recorded in the table's log, for <paramref name="AsOf"/>: a repeated write of the same run does nothing, and
/// a run that a later-started one has overtaken is refused, so that all tables of a day come from one run.
/// </param>
public sealed record Publication(string Path, DateOnly AsOf, long Run)
{
    /// <summary>A further partition column and its value, if only that part of the day is replaced.</summary>
    public (string Column, string Value)? Within { get; init; }

    /// <summary>The application id of the transaction in the Delta log.</summary>
    public string Application => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rfmspark/{AsOf:yyyy-MM-dd}") + (Within is { } part ? $"/{part.Column}={part.Value}" : "");
}
