namespace RfmSpark.EngineTests;

/// <summary>Homes of a Spark and a Java that are only looked at: that spark-submit prints its arguments and the terminal, that java its version.</summary>
internal static class FakeSpark
{
    internal static string Home(TestJob job, string version)
    {
        _ = job.Write($"spark-{version}/jars/spark-core_2.13-{version}.jar", "");
        Program(job, $"spark-{version}/bin/spark-submit", "printf '[%s]\\n' \"$@\"; echo \"terminal: $RFMSPARK_TERMINAL\"");
        return Path.Combine(job.Folder, $"spark-{version}");
    }

    internal static string Java(TestJob job, string version)
    {
        Program(job, $"java-{version}/bin/java", $"echo 'openjdk version \"{version}\" 2025-07-15' >&2");
        return Path.Combine(job.Folder, $"java-{version}");
    }

    /// <summary>Writes a program that bash runs.</summary>
    internal static void Program(TestJob job, string name, string text) =>
        System.Diagnostics.Process.Start("chmod", ["+x", job.Write(name, $"#!/bin/bash\n{text}\n")]).WaitForExit();
}
