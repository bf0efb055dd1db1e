namespace RfmSpark.Engine;

/// <summary>A statement that an engine refused, kept whole for whoever looks into it: an error without its SQL is worth little.</summary>
public static class FailedStatement
{
    /// <summary>Writes the statement into the system's temporary folder; returns a sentence that says where it is.</summary>
    public static string Keep(string table, string sql)
    {
        var name = string.Concat(Path.GetFileName(table).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        var path = Path.Combine(Path.GetTempPath(), $"rfmspark-{Guid.NewGuid().ToString("N")[..8]}-{name}.sql");
        try
        {
            // It may name customers: nobody else is to read it.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, options);
            file.Write(sql);
            return $"The whole statement is in {path}.";
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return $"The whole statement is: {sql}";
        }
    }
}
