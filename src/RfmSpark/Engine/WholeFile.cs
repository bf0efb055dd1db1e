namespace RfmSpark.Engine;

/// <summary>A file on this machine that is replaced whole: a reader who opens it meanwhile sees the old one or the new one.</summary>
public static class WholeFile
{
    /// <summary>Writes it, and the folders above it.</summary>
    /// <exception cref="EngineFault">It cannot be written.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> content)
    {
        var part = path + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllBytes(part, content.Span);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new EngineFault($"{path} cannot be written: {denied.Message}", denied);
        }
    }
}
