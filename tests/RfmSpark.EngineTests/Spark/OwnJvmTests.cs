using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RfmSpark.EngineTests.Spark;

/// <summary>A program that starts a Spark for itself, in a process of its own.</summary>
[Collection("Spark")]
public sealed class OwnJvmTests
{
    [SkippableFact]
    public void The_JVM_ends_with_the_program_that_started_it_also_if_that_is_killed()
    {
        using var program = Start([]);
        program.BeginErrorReadLine();
        var printed = "";
        while (!printed.Contains("driver ", StringComparison.Ordinal) && program.StandardOutput.ReadLine() is { } line) printed += line + "\n";
        Assert.Contains("|  2|     4|", printed, StringComparison.Ordinal);
        var ids = Regex.Match(printed, @"driver (\d+) jvm (\d+)").Groups.Values.Skip(1).Select(g => int.Parse(g.Value, CultureInfo.InvariantCulture)).ToList();
        Assert.True(Directory.Exists($"/proc/{ids[1]}"));

        Process.GetProcessById(ids[0]).Kill();

        for (var waited = 0; Directory.Exists($"/proc/{ids[1]}") && waited < 150; waited++) Thread.Sleep(100);
        Assert.False(Directory.Exists($"/proc/{ids[1]}"));
        program.Kill(entireProcessTree: true);
    }

    [SkippableTheory]
    [InlineData("SPARK_HOME", "There is no Spark at SPARK_HOME ('/nowhere')")]
    [InlineData("JAVA_HOME", "Java is missing: install Java 17 or set JAVA_HOME.")]
    public void Without_a_Spark_or_Java_it_is_said_what_to_set(string variable, string message)
    {
        using var program = Start(new() { [variable] = "/nowhere" });

        Assert.Contains(message, program.StandardError.ReadToEnd(), StringComparison.Ordinal);
        program.WaitForExit();
        Assert.NotEqual(0, program.ExitCode);
    }

    private static Process Start(Dictionary<string, string> environment)
    {
        Requires.SparkHome();
        var start = new ProcessStartInfo("dotnet", ["run", Path.Combine(Checkout.Root, "tests", "RfmSpark.EngineTests", "Programs", "session.cs")])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        start.Environment["SPARK_LOCAL_IP"] = "127.0.0.1";
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        return Process.Start(start)!;
    }
}
