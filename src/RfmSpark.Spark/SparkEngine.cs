using RfmSpark.Engine;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>Apache Spark as an engine: every select is one Catalyst plan; rows stay on the cluster, Delta tables are Delta Lake's own.</summary>
public sealed class SparkEngine : IEngine
{
    private readonly SparkSession _session;
    private readonly bool _endSession;
    private readonly StagingFolder _staging;
    private readonly SparkSource _source;
    private readonly SparkJobs _jobs;
    private readonly CancellationToken _cancel;
    private readonly CancellationTokenRegistration _interrupt;
    private readonly Dictionary<string, DataFrame> _tables = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes over a session, and ends it with itself if <paramref name="endSession"/>.
    /// <paramref name="staging"/> is a folder, by a path or URI that every executor sees, for rows on their way from here; it is deleted at the end.
    /// <paramref name="cancel"/> cancels the running jobs; <paramref name="progress"/> is told of their tasks.
    /// </summary>
    /// <exception cref="EngineFault">Delta Lake is not on the class path, or Hadoop knows no such URI as that of <paramref name="staging"/>.</exception>
    public SparkEngine(SparkSession session, string staging, bool endSession = false, Action<EngineProgress>? progress = null, CancellationToken cancel = default)
    {
        _session = session;
        _endSession = endSession;
        _cancel = cancel;
        _staging = new StagingFolder(session, staging);
        _source = new SparkSource(session, Dialect);
        _jobs = new SparkJobs(session, progress);
        _interrupt = cancel.Register(_jobs.Cancel);
        try
        {
            Version = "Apache Spark " + session.Version();
            new SparkDelta(session, Dialect).Require();
            SparkSettings.Apply(session);
            Guarded("output", "start", () =>
            {
                _staging.RequireFileSystem();
                return 0;
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public Dialect Dialect { get; } = new SparkDialect();

    /// <inheritdoc/>
    public LoadedFiles Load(string name, SourceFiles files) => Guarded(name, "load", () =>
    {
        var (data, loaded) = _source.Load(files);
        Keep(name, data);
        return loaded;
    });

    /// <summary>Whether a path lies on this machine's own file system, as the cluster's Hadoop reads it.</summary>
    public bool IsLocal(string path) => new HadoopFiles(_session).LocalPath(path) is not null;

    /// <inheritdoc/>
    public void Define(Table table, Sql select, bool keepOnCluster = false) => Guarded(table.Name, select.File, () =>
    {
        var rows = Selected(table, select, sorted: keepOnCluster);
        // Kept from the first time that somebody reads it.
        if (keepOnCluster) SparkSettings.WithFixedPlan(_session, rows.Persist);
        Keep(table.Name, rows);
        return 0;
    }, select);

    /// <inheritdoc/>
    public void Create(Table table, Sql select) => Guarded(table.Name, select.File, () =>
    {
        var rows = Selected(table, select, sorted: true);
        SparkSettings.WithFixedPlan(_session, rows.Persist);
        Keep(table.Name, rows);
        rows.Count();
        return 0;
    }, select);

    /// <inheritdoc/>
    public void Put<T>(Table table, IEnumerable<T> rows, Action<T, IRowWriter> write) => Guarded(table.Name, "put", () =>
    {
        using var source = rows.GetEnumerator();
        List<T> few = [];
        while (few.Count <= InlineRows.Most && source.MoveNext()) few.Add(source.Current);
        Keep(table.Name, few.Count <= InlineRows.Most
            ? _session.Sql(InlineRows.Select(table, Dialect, few, write))
            : Staged(table, few.Concat(RestOf(source)), write));
        return 0;
    });

    /// <inheritdoc/>
    public IReadOnlyList<T> Read<T>(Sql select, Func<IRow, T> map) => Guarded("result", select.File, () =>
    {
        using var rows = _session.Sql(select.Render(Dialect));
        return (IReadOnlyList<T>)RowText.Read(_session, rows, rows.Schema()).ConvertAll(values => map(new ValueRow(values)));
    }, select);

    /// <inheritdoc/>
    public void Drop(Table table) => Drop(table.Name);

    /// <inheritdoc/>
    public long Save(Table table, Publication publication) => Guarded(table.Name, "publish", () => new SparkDelta(_session, Dialect).Save(table, publication));

    /// <inheritdoc/>
    public IReadOnlyList<Column>? Open(string name, string path, IReadOnlyDictionary<string, string>? where = null, long? version = null) => Guarded(name, "open", () =>
    {
        if (new SparkDelta(_session, Dialect).Open(path, where, version) is not { } rows) return null;
        Keep(name, rows);
        return (IReadOnlyList<Column>)[.. rows.Schema().Select(c => new Column(c.Name, SparkTypes.TypeOf(c.Type) ?? ColumnType.Text, ""))];
    });

    /// <inheritdoc/>
    public void WriteFile(string path, ReadOnlyMemory<byte> content) => Guarded(path, "write", () =>
    {
        new HadoopFiles(_session).Write(path, content);
        return 0;
    });

    /// <inheritdoc/>
    public IReadOnlyDictionary<DateOnly, long> LastRuns(string path, IReadOnlyCollection<DateOnly> days) => Guarded(path, "look", () => new SparkDelta(_session, Dialect).LastRuns(path, days));

    /// <inheritdoc/>
    public long? Remove(Table keys, string path) => Guarded(path, "remove", () => new SparkDelta(_session, Dialect).Remove(keys, path));

    /// <inheritdoc/>
    public void Vacuum(string path) => Guarded(path, "vacuum", () =>
    {
        new SparkDelta(_session, Dialect).Vacuum(path);
        return 0;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        try
        {
            _jobs.Dispose();
            foreach (var rows in _tables.Values)
            {
                rows.Unpersist();
                rows.Dispose();
            }
            _staging.Delete();
        }
        catch (Exception gone) when (gone is EngineFault or JavaException)
        {
            // The JVM has ended: its memory is free, and what it left on disk is an unreferenced folder.
        }
        if (_endSession) _session.Dispose();
    }

    private DataFrame Staged<T>(Table table, IEnumerable<T> rows, Action<T, IRowWriter> write)
    {
        var path = _staging.WriteRows(table, rows, write);
        var schema = string.Join(", ", table.Columns.Select(c => $"{Dialect.Identifier(c.Name)} {Dialect.TypeName(c.Type)}"));
        return _session.Read().Schema(schema).Parquet(HadoopFiles.Literally([path]));
    }

    private static IEnumerable<T> RestOf<T>(IEnumerator<T> source)
    {
        while (source.MoveNext()) yield return source.Current;
    }

    private void Drop(string name)
    {
        if (!_tables.Remove(name, out var rows)) return;
        rows.Unpersist();
        rows.Dispose();
        using var catalog = _session.Java.Get("catalog");
        catalog.Call("dropTempView", name);
    }

    // To replace a view makes Spark forget every kept table that was made of it, to be made again when it is read; to drop it first does not.
    private void Keep(string name, DataFrame rows)
    {
        Drop(name);
        _tables[name] = rows;
        rows.CreateOrReplaceTempView(name);
    }

    // Rows that lie sorted are grouped and joined one after another; a table of hashes of as many groups as there are customers takes twice as long.
    private DataFrame Selected(Table table, Sql select, bool sorted)
    {
        var sql = select.Render(Dialect);
        var rows = _session.Sql(sorted && table.SortedBy.Count > 0 ? $"SELECT * FROM (\n{sql}\n) SORT BY {string.Join(", ", table.SortedBy.Select(Dialect.Identifier))}" : sql);
        CheckColumns(table, select, rows);
        return rows;
    }

    private static void CheckColumns(Table table, Sql select, DataFrame rows)
    {
        var made = rows.Schema().Select(c => $"{c.Name} {c.Type}").ToList();
        var wanted = table.Columns.Select(c => $"{c.Name} {SparkTypes.NameOf(c.Type)}").ToList();
        if (!made.SequenceEqual(wanted))
            throw new InvalidOperationException($"{select.File} does not make the columns of '{table.Name}'. "
                + $"It makes [{string.Join(", ", made.Except(wanted))}] where the contract says [{string.Join(", ", wanted.Except(made))}], or in another order.");
    }

    // Spark's errors become faults that name the table and the SQL file.
    private T Guarded<T>(string table, string file, Func<T> work, Sql? select = null)
    {
        _cancel.ThrowIfCancellationRequested();
        try
        {
            using (_jobs.Named(table, file)) return work();
        }
        catch (Exception stopped) when (stopped is JavaException or EngineFault && _cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException("The jobs were cancelled.", stopped, _cancel);
        }
        catch (JavaException failed)
        {
            throw _source.DamageIn(failed) ?? (Exception)SparkFailure.Of(failed, table, file, select?.Render(Dialect));
        }
    }
}
