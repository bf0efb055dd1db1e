namespace RfmSpark.Engine;

/// <summary>A statement that an engine refused, kept whole and for a week, for whoever looks into it: an error without its SQL is worth little.</summary>
public static class FailedStatement
{
    private const int DaysKept = 7;

    /// <summary>Writes the statement into the system's temporary folder; returns a sentence that says where it is.</summary>
    public static string Keep(string table, string sql)
    {
        var name = string.Concat(Path.GetFileName(table).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        Sweep();
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

    // Whoever looks into one does so soon; customers that it names may have been forgotten since.
    private static void Sweep()
    {
        try
        {
            foreach (var old in Directory.EnumerateFiles(Path.GetTempPath(), "rfmspark-????????-*.sql")
                    .Where(file => File.GetLastWriteTimeUtc(file) < TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-DaysKept)))
                File.Delete(old);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            // Another user's, who sweeps them.
        }
    }
}
