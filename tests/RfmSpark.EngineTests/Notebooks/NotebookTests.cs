using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using RfmSpark.EngineTests.Spark;

namespace RfmSpark.EngineTests.Notebooks;

/// <summary>The notebooks and the programs beside them, run over one output; what they print is what the tables hold.</summary>
public sealed class NotebookTests(NotebookOutput output) : IClassFixture<NotebookOutput>
{
    // Each query runs once, over few rows: compiling it, and planning it anew half-way, cost more than they save.
    private const string FewRows = "--conf spark.sql.codegen.wholeStage=false --conf spark.sql.codegen.factoryMode=NO_CODEGEN --conf spark.sql.adaptive.enabled=false pyspark-shell";

    // One after the other in one session, which the second finds as it would find a platform's: a second JVM would only cost time.
    [SkippableFact]
    public void Both_notebooks_run_without_an_error_and_show_what_the_tables_hold()
    {
        var nbconvert = Requires.Notebooks();
        var spark = Requires.SparkHome();
        NotebookFile.Stored("segments.ipynb").FollowedBy(NotebookFile.Stored("migration_and_clv.ipynb")).Write(Path.Combine(output.Folder, "both.ipynb"));

        Run(nbconvert, ["--to", "notebook", "--execute", "both.ipynb", "--output", "done.ipynb"], new()
        {
            ["RFMSPARK_OUT"] = output.Tables,
            ["SPARK_HOME"] = spark,
            ["SPARK_LOCAL_IP"] = "127.0.0.1",
            ["JDK_JAVA_OPTIONS"] = SparkFixture.QuickStart,
            ["PYSPARK_SUBMIT_ARGS"] = FewRows,
            // What the user of this machine has set up for notebooks is not asked.
            ["JUPYTER_DATA_DIR"] = output.Folder,
            ["IPYTHONDIR"] = output.Folder,
        });

        var done = NotebookFile.Read(Path.Combine(output.Folder, "done.ipynb"));
        Assert.All(done.Code.SelectMany(NotebookFile.Outputs), o => Assert.False(o["name"]?.GetValue<string>() == "stderr", o.ToJsonString()));
        Assert.All(done.Code.Where(c => !NotebookFile.IsSetup(c)), c => Assert.NotEmpty(NotebookFile.Outputs(c)));
        var shown = Regex.Replace(string.Join('\n', done.Printed), "</td><td[^>]*>", "|");
        Assert.All(Segments(), s => Assert.Contains($">{s.Name}|{s.Customers}|", shown, StringComparison.Ordinal));
        Assert.All(Segments(), s => Assert.Contains($"|{s.Revenue}|", shown, StringComparison.Ordinal));
        Assert.All(Moves(), m => Assert.Contains($">{m}|", shown, StringComparison.Ordinal));
        Assert.Contains(">missing_customer|1|", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_segments_prints_what_the_tables_hold()
    {
        var printed = Program("segments.cs");

        Assert.All(Segments(), s => Assert.Contains($"|{s.Name}|{s.Customers}|{s.Share}|{s.Revenue}|", printed, StringComparison.Ordinal));
        Assert.Contains("|missing_customer|1|", printed, StringComparison.Ordinal);
        Assert.Equal(10, Regex.Count(printed, @"^\d+\. .*\?$", RegexOptions.Multiline));
    }

    [Fact]
    public void The_program_migration_and_clv_prints_what_the_tables_hold()
    {
        var printed = Program("migration_and_clv.cs");

        Assert.All(Moves(), m => Assert.Contains($"|{m}|", printed, StringComparison.Ordinal));
        Assert.All(output.Rows("campaign_plan", "segment, decision, contacts", ""), p => Assert.Matches($@"\|{p.Split('|')[0]}\|{Number(p.Split('|')[2], "N0")}\|.*\|{p.Split('|')[1]}\|", printed));
        Assert.Equal(10, Regex.Count(printed, @"^\d+\. .*\?$", RegexOptions.Multiline));
    }

    private string Program(string name) => Regex.Replace(Run("dotnet", ["run", Path.Combine(Checkout.Root, "notebooks", name), output.Tables], []), " {2,}", "|");

    private List<(string Name, string Customers, string Share, string Revenue)> Segments() =>
        [.. output.Rows("segment_summary", "segment, customers, share, revenue", "WHERE scheme = 'rfm'").Select(r => r.Split('|'))
            .Select(r => (r[0], Number(r[1], "N0"), Number(r[2], "P1"), Number(r[3], "N2")))];

    private List<string> Moves() =>
        [.. output.Rows(
            "segment_migration",
            "from_segment, to_segment, CAST(SUM(customers) AS BIGINT)",
            "WHERE scheme = 'rfm' AND from_segment <> to_segment GROUP BY ALL ORDER BY 3 DESC, 1, 2 LIMIT 12")
            .Select(r => r.Split('|')).Select(r => $"{r[0]}|{r[1]}|{Number(r[2], "N0")}")];

    private static string Number(string value, string format) => double.Parse(value, CultureInfo.InvariantCulture).ToString(format, CultureInfo.InvariantCulture);

    private string Run(string program, IReadOnlyList<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = output.Folder };
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        var (exitCode, printed, log) = JobProcess.End(Process.Start(start)!);
        Assert.True(exitCode == 0, printed + log);
        return printed;
    }
}
