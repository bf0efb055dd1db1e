using System.Buffers;
using System.Globalization;
using System.Text.Json;
using RfmSpark.Engine;
using RfmSpark.Spark.Gateway;

namespace RfmSpark.Spark;

/// <summary>
/// Rows on their way to Spark: files of JSON lines in a folder that every executor sees. They are written through Hadoop's file system in large pieces, or, where that is this machine's own,
/// straight into it: what goes through the gateway is text, made here and read there by one thread each.
/// </summary>
internal sealed class StagingFolder(SparkSession session, string folder)
{
    private const int PieceBytes = 1 << 20;
    private readonly HadoopFiles _hadoop = new(session);
    private int _files;

    /// <summary>Writes rows as a file and returns its path.</summary>
    internal string WriteLines<T>(Table table, IEnumerable<T> rows, Action<T, IRowWriter> write)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{folder}/{table.Name}-{_files++}.json");
        using var stream = Create(path);
        var buffer = new ArrayBufferWriter<byte>(PieceBytes + (PieceBytes / 4));
        using var json = new Utf8JsonWriter(buffer);
        var writer = new JsonRowWriter(json, table);
        foreach (var row in rows)
        {
            writer.Begin();
            write(row, writer);
            writer.End();
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount < PieceBytes) continue;
            stream.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
        if (buffer.WrittenCount > 0) stream.Write(buffer.WrittenSpan);
        return path;
    }

    /// <summary>Deletes the folder, if anything was written into it.</summary>
    internal void Delete()
    {
        if (_files > 0) _hadoop.Delete(folder);
    }

    /// <summary>Makes sure that there is a file system for the folder's kind of URI, before anything is worked out that could not be written.</summary>
    /// <exception cref="JavaException">There is none.</exception>
    internal void RequireFileSystem() => _hadoop.RequireFileSystem(folder);

    private Stream Create(string path)
    {
        if (_hadoop.LocalPath(path) is not { } local) return _hadoop.Create(path);
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        return File.Create(local);
    }

    private sealed class JsonRowWriter(Utf8JsonWriter json, Table table) : IRowWriter
    {
        private int _column;

        internal void Begin()
        {
            _column = 0;
            json.WriteStartObject();
        }

        internal void End()
        {
            if (_column != table.Columns.Count) throw new InvalidOperationException($"A row of {table.Name} has {_column} of {table.Columns.Count} values.");
            json.WriteEndObject();
        }

        public void Text(string? value)
        {
            if (value is null) json.WriteNull(Next());
            else json.WriteString(Next(), value);
        }

        public void Long(long value)
        {
            if (table.Columns[_column].Type.Kind == ColumnKind.Boolean) json.WriteBoolean(Next(), value != 0);
            else json.WriteNumber(Next(), value);
        }

        public void Double(double value)
        {
            if (double.IsFinite(value)) json.WriteNumber(Next(), value);
            else json.WriteString(Next(), double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }

        public void Decimal(decimal value) => json.WriteNumber(Next(), Math.Round(value, Math.Min(table.Columns[_column - 1].Type.Scale, 28), MidpointRounding.AwayFromZero));

        public void Date(DateOnly value) => json.WriteString(Next(), value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

        public void Null() => json.WriteNull(Next());

        private string Next() => table.Columns[_column++].Name;
    }
}
