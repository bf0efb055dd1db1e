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
        Requires.SparkHome();
        var start = new ProcessStartInfo("dotnet", ["run", Path.Combine(Checkout.Root, "tests", "RfmSpark.EngineTests", "Programs", "session.cs")]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["SPARK_LOCAL_IP"] = "127.0.0.1";
        using var program = Process.Start(start)!;
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
        Requires.SparkHome();
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, "/nowhere");
        try
        {
            using var fixture = new SparkFixture();
            Assert.Contains(message, Assert.Throws<EngineFault>(() => fixture.Builder().GetOrCreate()).Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }
}
