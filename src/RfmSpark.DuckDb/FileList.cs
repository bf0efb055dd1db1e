using RfmSpark.Engine;

namespace RfmSpark.DuckDb;

/// <summary>Files as an argument of DuckDB's readers, which take every path for a pattern: what is special in one is made to stand for itself.</summary>
internal static class FileList
{
    internal static string Of(Dialect dialect, IEnumerable<string> paths) => $"[{string.Join(", ", paths.Select(path => dialect.Quote(Literal(path))))}]";

    private static string Literal(string path) => path.AsSpan().IndexOfAny('[', '*', '?') < 0 ? path
        : string.Concat(path.Select(c => c is '[' or '*' or '?' ? $"[{c}]" : c.ToString()));
}
