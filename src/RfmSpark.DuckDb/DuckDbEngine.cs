using RfmSpark.DuckDb.Delta;
using RfmSpark.DuckDb.Native;
using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>How the embedded engine is to run.</summary>
/// <param name="MemoryLimit">As DuckDB writes it, such as <c>1GB</c>; null for 80 % of the machine's memory. What does not fit is spilled.</param>
/// <param name="Threads">Null for one a core.</param>
/// <param name="TempDirectory">Where spilled and staged data goes, in a folder of its own that is deleted at the end; null for the system's.</param>
public sealed record DuckDbOptions(string? MemoryLimit = null, int? Threads = null, string? TempDirectory = null);

/// <summary>DuckDB in this process, in memory, with Delta tables written by <see cref="DeltaWriter"/>.</summary>
public sealed class DuckDbEngine : IEngine
{
    private readonly Connection _connection;
    private readonly QueryRunner _runner;
    private readonly FilesInPlace _inPlace = new(new DuckDbDialect());
    private readonly TempFolder _temp;
    private readonly HashSet<string> _views = new(StringComparer.Ordinal);

    /// <summary>Starts the engine. <paramref name="cancel"/> interrupts a running query; <paramref name="progress"/> is told how much of one is done.</summary>
    /// <exception cref="EngineFault">The library is missing or of another release, or the temporary folder cannot be made.</exception>
    public DuckDbEngine(DuckDbOptions? options = null, Action<EngineProgress>? progress = null, CancellationToken cancel = default)
    {
        options ??= new DuckDbOptions();
        _temp = new TempFolder(options.TempDirectory);
        var settings = new Dictionary<string, string> { ["temp_directory"] = Path.Combine(_temp.Path, "spill"), ["preserve_insertion_order"] = "false" };
        if (options.MemoryLimit is { } limit) settings["memory_limit"] = limit;
        if (options.Threads is { } threads) settings["threads"] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            _connection = Connection.Open(settings);
            _runner = new QueryRunner(_connection, progress, cancel) { InPlace = _inPlace };
            // Spark's order of NULLs and division, so that one SQL text means the same on both.
            _connection.Execute("SET TimeZone = 'UTC'");
            _connection.Execute("SET default_null_order = 'nulls_first_on_asc_last_on_desc'");
            _connection.Execute("SET ieee_floating_point_ops = false");
            // One file for each partition, though there be more than a hundred, as many as are open at once by default.
            _connection.Execute("SET partitioned_write_max_open_files = 1000");
        }
        catch
        {
            _runner?.Dispose();
            _connection?.Dispose();
            _temp.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Version { get; } = "DuckDB " + Connection.Version.TrimStart('v');

    /// <inheritdoc/>
    public Dialect Dialect { get; } = new DuckDbDialect();

    /// <inheritdoc/>
    public LoadedFiles Load(string name, SourceFiles files)
    {
        var loaded = new SourceReader(_runner, Dialect, _inPlace, _temp.Path).Load(name, files);
        _views.Add(name);
        return loaded;
    }

    /// <inheritdoc/>
    public void Define(Table table, Sql select, bool keepOnCluster = false)
    {
        Free(table.Name, view: true);
        _runner.Run(table.Name, select.File, $"CREATE OR REPLACE TEMP VIEW {Dialect.Identifier(table.Name)} AS {select.Render(Dialect)}");
        _views.Add(table.Name);
        CheckColumns(table, select);
    }

    /// <inheritdoc/>
    public void Create(Table table, Sql select)
    {
        Free(table.Name, view: false);
        _runner.Run(table.Name, select.File, $"CREATE OR REPLACE TEMP TABLE {Dialect.Identifier(table.Name)} AS {select.Render(Dialect)}");
        CheckColumns(table, select);
    }

    /// <inheritdoc/>
    public void Put<T>(Table table, IEnumerable<T> rows, Action<T, IRowWriter> write)
    {
        Free(table.Name, view: false);
        var columns = string.Join(", ", table.Columns.Select(c => $"{Dialect.Identifier(c.Name)} {Dialect.TypeName(c.Type)}"));
        _runner.Run(table.Name, "put", $"CREATE OR REPLACE TEMP TABLE {Dialect.Identifier(table.Name)} ({columns})");
        using var appender = new TableAppender(_connection, table.Name, [.. table.Columns.Select(c => c.Type)]);
        foreach (var row in rows)
        {
            write(row, appender);
            appender.EndRow();
        }
        appender.Complete();
    }

    /// <inheritdoc/>
    public IReadOnlyList<T> Read<T>(Sql select, Func<IRow, T> map)
    {
        using var result = _runner.Query("result", select.File, select.Render(Dialect));
        return result.Rows(map);
    }

    /// <inheritdoc/>
    public void Drop(Table table) => Drop(table.Name);

    /// <inheritdoc/>
    public long Save(Table table, Publication publication) => new DeltaWriter(_runner, Dialect).Save(table, publication);

    /// <inheritdoc/>
    public IReadOnlyList<Column>? Open(string name, string path, IReadOnlyDictionary<string, string>? where = null, long? version = null)
    {
        Free(name, view: true);
        var columns = new DeltaReader(_runner, Dialect).Open(name, path, where, version);
        if (columns is not null) _views.Add(name);
        return columns;
    }

    /// <inheritdoc/>
    public void WriteFile(string path, ReadOnlyMemory<byte> content) => WholeFile.Write(path, content);

    /// <inheritdoc/>
    public IReadOnlyDictionary<DateOnly, long> LastRuns(string path, IReadOnlyCollection<DateOnly> days)
    {
        var recorded = new DeltaLog(path, new DeltaCheckpoint(_runner, Dialect)).Read()?.Transactions ?? new Dictionary<string, long>();
        return days.Select(day => (Day: day, Application: new Publication(path, day, 0).Application))
            .Where(d => recorded.ContainsKey(d.Application))
            .ToDictionary(d => d.Day, d => recorded[d.Application]);
    }

    /// <inheritdoc/>
    public long? Remove(Table keys, string path) => new DeltaRemoval(_runner, Dialect).Remove(keys, path);

    /// <inheritdoc/>
    public void Vacuum(string path) => new DeltaVacuum(_runner, Dialect).Vacuum(path);

    /// <summary>Writes the rows of <paramref name="select"/> into one file, Parquet or CSV by the ending of its name.</summary>
    public void Export(Sql select, string path)
    {
        var format = SourceFiles.FormatOf(path) switch
        {
            FileFormat.Parquet => "FORMAT parquet, ROW_GROUP_SIZE 122880",
            FileFormat.Csv => "FORMAT csv, HEADER",
            _ => throw new ConfigFault($"{path}: the file's name must end in .parquet or .csv (.csv.gz)."),
        };
        _runner.Run(path, select.File, $"COPY ({select.Render(Dialect)}) TO {Dialect.Quote(path)} ({format})");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _connection.Dispose();
        _temp.Dispose();
    }

    private void Drop(string name) => _runner.Run(name, "drop", $"DROP {(_views.Remove(name) ? "VIEW" : "TABLE")} IF EXISTS {Dialect.Identifier(name)}");

    // A view cannot replace a table, nor a table a view.
    private void Free(string name, bool view)
    {
        if (_views.Contains(name) != view) Drop(name);
    }

    private void CheckColumns(Table table, Sql select)
    {
        using var result = _runner.Query(table.Name, select.File, $"DESCRIBE {Dialect.Identifier(table.Name)}");
        var made = result.Rows(row => $"{row.Text(0)} {row.Text(1)}");
        var wanted = table.Columns.Select(c => $"{c.Name} {DescribedType(c.Type)}").ToList();
        if (!made.SequenceEqual(wanted))
            throw new InvalidOperationException($"{select.File} does not make the columns of '{table.Name}'. "
                + $"It makes [{string.Join(", ", made.Except(wanted))}] where the contract says [{string.Join(", ", wanted.Except(made))}], or in another order.");
    }

    private string DescribedType(ColumnType type) => type.Kind == ColumnKind.Timestamp ? "TIMESTAMP WITH TIME ZONE" : Dialect.TypeName(type);
}
