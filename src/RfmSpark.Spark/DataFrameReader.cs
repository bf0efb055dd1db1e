using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>Reads files; each method but the last returns the reader itself.</summary>
public sealed class DataFrameReader
{
    private readonly SparkSession _session;
    private readonly JavaObject _java;

    internal DataFrameReader(SparkSession session, JavaObject java)
    {
        _session = session;
        _java = java;
    }

    /// <summary>The format, such as <c>csv</c> or <c>delta</c>.</summary>
    public DataFrameReader Format(string format) => With("format", format);

    /// <summary>The columns, as DDL: <c>customer STRING, amount DECIMAL(18,2)</c>.</summary>
    public DataFrameReader Schema(string ddl) => With("schema", ddl);

    /// <summary>An option of the format.</summary>
    public DataFrameReader Option(string key, string value) => With("option", key, value);

    /// <summary>The rows of these files, globs or folders.</summary>
    /// <exception cref="JavaException">A path does not exist, or the format refuses it.</exception>
    public DataFrame Load(params IReadOnlyList<string> paths)
    {
        using var array = _session.Gateway.Strings(paths);
        using (_java) return new DataFrame(_session, _java.Get("load", array));
    }

    /// <summary>Delimited text.</summary>
    public DataFrame Csv(params IReadOnlyList<string> paths) => Format("csv").Load(paths);
    /// <summary>Parquet.</summary>
    public DataFrame Parquet(params IReadOnlyList<string> paths) => Format("parquet").Load(paths);
    /// <summary>One JSON object a line.</summary>
    public DataFrame Json(params IReadOnlyList<string> paths) => Format("json").Load(paths);
    /// <summary>Lines of text.</summary>
    public DataFrame Text(params IReadOnlyList<string> paths) => Format("text").Load(paths);

    private DataFrameReader With(string method, params IReadOnlyList<object?> arguments)
    {
        _java.Get(method, arguments).Dispose();
        return this;
    }
}

/// <summary>Writes rows; each method but the last returns the writer itself.</summary>
public sealed class DataFrameWriter
{
    private readonly SparkSession _session;
    private readonly JavaObject _java;

    internal DataFrameWriter(SparkSession session, JavaObject java)
    {
        _session = session;
        _java = java;
    }

    /// <summary>The format, such as <c>parquet</c> or <c>delta</c>.</summary>
    public DataFrameWriter Format(string format) => With("format", format);

    /// <summary><c>append</c>, <c>overwrite</c>, <c>ignore</c> or <c>error</c>.</summary>
    public DataFrameWriter Mode(string mode) => With("mode", mode);

    /// <summary>An option of the format.</summary>
    public DataFrameWriter Option(string key, string value) => With("option", key, value);

    /// <summary>The columns that the files are parted by.</summary>
    public DataFrameWriter PartitionBy(params IReadOnlyList<string> columns)
    {
        using var array = _session.Gateway.Strings(columns);
        return With("partitionBy", array);
    }

    /// <summary>Writes to a path.</summary>
    /// <exception cref="JavaException">It cannot be written.</exception>
    public void Save(string path)
    {
        using (_java) _java.Call("save", path);
    }

    /// <summary>Writes Parquet to a path.</summary>
    public void Parquet(string path) => Format("parquet").Save(path);

    private DataFrameWriter With(string method, params IReadOnlyList<object?> arguments)
    {
        _java.Get(method, arguments).Dispose();
        return this;
    }
}
