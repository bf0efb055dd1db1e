using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>The rows of a query. Nothing runs until they are counted, collected, shown or written.</summary>
public sealed class DataFrame : IDisposable
{
    private readonly SparkSession _session;

    internal DataFrame(SparkSession session, JavaObject java)
    {
        _session = session;
        Java = java;
    }

    /// <summary>The Dataset in the JVM.</summary>
    public JavaObject Java { get; }

    /// <summary>The columns' names and Spark's names of their types, in order.</summary>
    public IReadOnlyList<(string Name, string Type)> Schema()
    {
        using var schema = Java.Get("schema");
        return [.. JsonNode.Parse((string)schema.Call("json")!)!["fields"]!.AsArray()
            .Select(f => (f!["name"]!.GetValue<string>(), f["type"] is JsonValue simple ? simple.GetValue<string>() : f["type"]!["type"]!.GetValue<string>()))];
    }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns() => [.. Schema().Select(c => c.Name)];

    /// <summary>Makes the rows known to SQL under a name.</summary>
    public void CreateOrReplaceTempView(string name) => Java.Call("createOrReplaceTempView", name);

    /// <summary>How many rows there are.</summary>
    public long Count() => Convert.ToInt64(Java.Call("count"), CultureInfo.InvariantCulture);

    /// <summary>The same rows with other columns, each a SQL expression.</summary>
    public DataFrame SelectExpr(params IReadOnlyList<string> expressions)
    {
        using var array = _session.Gateway.Strings(expressions);
        return new DataFrame(_session, Java.Get("selectExpr", array));
    }

    /// <summary>Keeps the rows in the cluster's memory, and on its disks where they do not fit, once they have been made.</summary>
    public DataFrame Persist()
    {
        Java.Get("persist").Dispose();
        return this;
    }

    /// <summary>Frees what <see cref="Persist"/> kept.</summary>
    public void Unpersist() => Java.Get("unpersist").Dispose();

    /// <summary>
    /// Brings all rows here, typed: text as string, integers as int or long, decimal exact as decimal, double, boolean, date as DateOnly, timestamp as
    /// DateTime in UTC, binary as byte[], arrays, maps and structs as JSON text. One call, whatever the number of rows.
    /// </summary>
    public IReadOnlyList<Row> Collect()
    {
        var schema = Schema();
        var names = schema.Select(c => c.Name).ToList();
        return RowText.Read(_session, this, schema).ConvertAll(values => new Row(names, values));
    }

    /// <summary>The first rows as text, the way Spark prints them.</summary>
    public string ShowString(int rows = 20, int truncate = 20) => (string)Java.Call("showString", rows, truncate, false)!;

    /// <summary>Prints the first rows.</summary>
    public void Show(int rows = 20, int truncate = 20) => Console.Write(ShowString(rows, truncate));

    /// <summary>Spark's plan of the query, as it is run.</summary>
    public string PhysicalPlan()
    {
        using var execution = Java.Get("queryExecution");
        using var plan = execution.Get("executedPlan");
        return (string)plan.Call("toString")!;
    }

    /// <summary>Writes the rows.</summary>
    public DataFrameWriter Write() => new(_session, Java.Get("write"));

    /// <summary>Releases the reference; what it kept in memory stays until <see cref="Unpersist"/>.</summary>
    public void Dispose() => Java.Dispose();
}

/// <summary>One row of a collected result.</summary>
public sealed class Row
{
    private readonly IReadOnlyList<string> _names;
    private readonly IReadOnlyList<object?> _values;

    internal Row(IReadOnlyList<string> names, IReadOnlyList<object?> values)
    {
        _names = names;
        _values = values;
    }

    /// <summary>The values, in the order of the columns.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>The value of a column by position.</summary>
    public object? this[int column] => _values[column];

    /// <summary>The value of a column by position, as its .NET type.</summary>
    public T GetAs<T>(int column) => (T)_values[column]!;

    /// <summary>The value of a column by name, as its .NET type.</summary>
    public T GetAs<T>(string column)
    {
        for (var i = 0; i < _names.Count; i++)
            if (string.Equals(_names[i], column, StringComparison.OrdinalIgnoreCase)) return (T)_values[i]!;
        throw new ArgumentException($"There is no column '{column}'; there are {string.Join(", ", _names)}.", nameof(column));
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(",", _values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)))}]";
}
