namespace RfmSpark.EngineTests.Spark;

/// <summary>Another engine, of which a test replaces a verb or two.</summary>
internal abstract class ForwardingEngine(IEngine inner) : IEngine
{
    public string Version => inner.Version;
    public Dialect Dialect => inner.Dialect;
    public LoadedFiles Load(string name, SourceFiles files) => inner.Load(name, files);
    public void Define(Table table, Sql select, bool keepOnCluster = false) => inner.Define(table, select, keepOnCluster);
    public virtual void Create(Table table, Sql select) => inner.Create(table, select);
    public void Put<T>(Table table, IEnumerable<T> rows, Action<T, IRowWriter> write) => inner.Put(table, rows, write);
    public IReadOnlyList<T> Read<T>(Sql select, Func<IRow, T> map) => inner.Read(select, map);
    public void Drop(Table table) => inner.Drop(table);
    public virtual long Save(Table table, Publication publication) => inner.Save(table, publication);
    public IReadOnlyList<Column>? Open(string name, string path, IReadOnlyDictionary<string, string>? where = null, long? version = null) => inner.Open(name, path, where, version);
    public IReadOnlyDictionary<DateOnly, long> LastRuns(string path, IReadOnlyCollection<DateOnly> days) => inner.LastRuns(path, days);
    public long? Remove(Table keys, string path) => inner.Remove(keys, path);
    public void Vacuum(string path) => inner.Vacuum(path);
    public void WriteFile(string path, ReadOnlyMemory<byte> content) => inner.WriteFile(path, content);
    public void Dispose() => inner.Dispose();
}
