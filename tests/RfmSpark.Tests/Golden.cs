namespace RfmSpark.Tests;

/// <summary>Texts that were looked at once and must not change unseen. They lie in tests/data; a test that differs writes what it got beside them.</summary>
internal static class Golden
{
    /// <summary>Compares with the file; says the first line that differs.</summary>
    internal static void Check(string file, string actual)
    {
        var path = Path.Combine(Checkout.Data, file);
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected == actual) return;
        if (Environment.GetEnvironmentVariable("CI") is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path + ".received", actual);
        }
        var (was, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(was.Length, now.Length)).First(i => was.ElementAtOrDefault(i) != now.ElementAtOrDefault(i));
        Assert.Fail($"{file}, line {line + 1}:\nwas {was.ElementAtOrDefault(line)}\nnow {now.ElementAtOrDefault(line)}\nIf that is right, rename {file}.received.");
    }
}
