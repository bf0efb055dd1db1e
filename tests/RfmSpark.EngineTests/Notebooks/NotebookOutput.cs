namespace RfmSpark.EngineTests.Notebooks;

/// <summary>Published tables for notebooks to read: of generated orders, and of three lines that are none, which the stored outputs do not have.</summary>
public sealed class NotebookOutput : IDisposable
{
    private readonly TestJob _job = new();

    /// <summary>Publishes them.</summary>
    public NotebookOutput()
    {
        var orders = Path.Combine(Folder, "orders.csv");
        Done("generate", "--customers", "3000", "--out", orders);
        File.AppendAllText(orders, "O1,,2025-06-01,5\nO2,<b>,someday,5\nO3,C0000001,2025-06-01,much\n");
        Done("run", "--orders", orders, "--out", Tables, "--set", "orders.columns.order_id=order_id");
    }

    internal string Folder => _job.Folder;

    internal string Tables => _job.Output;

    /// <summary>Rows of a published table as text, values joined by a bar.</summary>
    internal List<string> Rows(string table, string select, string rest) => _job.Rows(table, select, rest);

    public void Dispose() => _job.Dispose();

    private static void Done(params string[] arguments)
    {
        var (exitCode, _, log) = JobProcess.Run(arguments);
        Assert.True(exitCode == 0, log);
    }
}
