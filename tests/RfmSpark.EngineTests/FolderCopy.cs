namespace RfmSpark.EngineTests;

/// <summary>Published tables for a second program to change.</summary>
internal static class FolderCopy
{
    /// <summary>Copies all that lies in a folder and below it.</summary>
    internal static void Make(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
