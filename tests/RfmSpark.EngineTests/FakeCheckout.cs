namespace RfmSpark.EngineTests;

/// <summary>A folder with submit.sh and what it looks at, and a dotnet that makes and does nothing.</summary>
internal sealed class FakeCheckout
{
    private readonly TestJob _job;

    internal FakeCheckout(TestJob job)
    {
        _job = job;
        foreach (var file in new[] { "src/a.cs", "jobs/b.cs", "conf/segments.json", "conf/spark-defaults.conf", "c.props", "global.json", "BannedSymbols.txt" }) _ = Write(file, "");
        Script = Write("submit.sh", File.ReadAllText(Path.Combine(Checkout.Root, "submit.sh")));
        FakeSpark.Program(job, "dotnet/dotnet", "[ \"$1\" != publish ] || mkdir -p \"$(dirname \"$0\")/../checkout/artifacts/app\"");
    }

    /// <summary>Its submit.sh.</summary>
    internal string Script { get; }

    /// <summary>The PATH on which its dotnet is found first.</summary>
    internal string Programs => $"{_job.Folder}/dotnet:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Writes a file into it.</summary>
    internal string Write(string name, string text) => _job.Write($"checkout/{name}", text);

    /// <summary>Runs its submit.sh; returns what that printed.</summary>
    internal string Submit(params IReadOnlyList<string> arguments)
    {
        var (exitCode, printed) = SubmitProcess.RunIn(_job.Folder, "bash", [Script, .. arguments], new Dictionary<string, string> { ["PATH"] = Programs });
        Assert.Equal(0, exitCode);
        return printed;
    }
}
