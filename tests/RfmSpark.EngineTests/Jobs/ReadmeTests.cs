using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using RfmSpark.Numerics;

namespace RfmSpark.EngineTests.Jobs;

/// <summary>The README and what it leads to are true to the last command: each is run as it stands there, in its order, in a folder of a new user's.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    // What cannot be run here, and where it is run instead.
    private static readonly (string Begins, string Why)[] Elsewhere =
    [
        ("dotnet test", "this is it"),
        ("dotnet run -c Release --project tests/RfmSpark.Benchmarks", "benchmarks are no tests"),
        ("dotnet run notebooks/", "NotebookTests run it"),
        ("SPARK_HOME=/path/to/spark jupyter", "NotebookTests execute them"),
        ("./submit.sh --master", "ParityTests, StandaloneClusterTests and SubmitTests have their clusters"),
        ("./submit.sh push", "PushTests have their database"),
        ("export RFMSPARK_POSTGRES_PASSWORD", "likewise"),
    ];

    private readonly TestJob _user = new();

    public void Dispose() => _user.Dispose();

    [Fact]
    public void Every_command_runs_in_its_order()
    {
        var readme = string.Concat(
            new[]
            {
                "README.md", "docs/cluster.md", "docs/numbers.md", "docs/experiments.md", "docs/crm.md", "docs/forget.md",
            }.Select(file => File.ReadAllText(Path.Combine(Checkout.Root, file)) + "\n"));
        _user.Write("submit.sh", $"exec bash '{Path.Combine(Checkout.Root, "submit.sh")}' \"$@\"\n");
        _user.Write("mine.json", Blocks("json", readme)[0]);
        _user.Write("orders/2025.csv", Orders());
        _user.Write("results.csv.gz", Results());
        var commands = Blocks("sh", readme).SelectMany(b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Where(line => !Elsewhere.Any(e => line.StartsWith(e.Begins, StringComparison.Ordinal))).Distinct().ToList();

        Assert.True(commands.Count >= 12, $"The README has only {commands.Count} commands.");
        foreach (var command in commands)
        {
            var (exitCode, printed) = SubmitProcess.RunIn(_user.Folder, "bash", ["-c", command.Replace("./submit.sh", "bash submit.sh", StringComparison.Ordinal)], new Dictionary<string, string>());
            Assert.True(exitCode == 0, $"{command} ended with {exitCode}:\n{printed}");
        }
        foreach (var file in new[] { "out/sample/report.html", "segments/report.html", "segments/reports/2026-01-31.html" })
            Assert.True(File.Exists(Path.Combine(_user.Folder, file)), file);
    }

    private static List<string> Blocks(string language, string readme) => [.. Block().Matches(readme).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value)];

    // Half a year of orders under the names of the README's own configuration, up to the end of its experiment.
    private static string Orders()
    {
        var random = new Pcg32(3);
        var lines = new StringBuilder("CustomerID,InvoiceNo,InvoiceDate,Total\n");
        for (var customer = 0; customer < 300; customer++)
        {
            var gap = 10 + (random.NextDouble() * 60);
            for (var day = random.NextDouble() * 60; day < 180; day -= gap * Math.Log(1 - random.NextDouble()))
                lines.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"C{customer},{lines.Length},{new DateTime(2025, 9, 1, 12, 30, 0).AddDays((int)day):dd/MM/yyyy HH:mm},"
                    + $"{10 + (random.NextDouble() * 90):0.00}");
        }
        lines.AppendLine("17850,forget,20/02/2026 18:00,5.00\nO'Brien,me,20/02/2026 18:00,5.00\nC0,last,28/02/2026 18:00,5.00");
        return lines.ToString();
    }

    private static byte[] Results()
    {
        var text = new StringBuilder("group,visit,spend\n");
        for (var i = 0; i < 200; i++) text.AppendLine(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "none" : "mail")},{i / 2 % 3 / 2},{i % 7}");
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes(text.ToString()));
        return bytes.ToArray();
    }

    [GeneratedRegex("(?ms)^```(\\w+)\n(.*?)^```")]
    private static partial Regex Block();
}
