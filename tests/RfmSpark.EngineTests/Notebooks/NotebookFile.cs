using System.Text.Json.Nodes;

namespace RfmSpark.EngineTests.Notebooks;

/// <summary>A notebook as it is stored: nbformat 4.</summary>
internal sealed class NotebookFile
{
    private readonly JsonNode _root;

    private NotebookFile(JsonNode root) => _root = root;

    internal static NotebookFile Stored(string name) => Read(Path.Combine(Checkout.Root, "notebooks", name));

    internal static NotebookFile Read(string path) => new(JsonNode.Parse(File.ReadAllText(path))!);

    internal IEnumerable<JsonNode> Cells => _root["cells"]!.AsArray().Select(c => c!);

    internal IEnumerable<JsonNode> Code => Cells.Where(c => c["cell_type"]!.GetValue<string>() == "code");

    /// <summary>What only defines, and so prints nothing.</summary>
    internal static bool IsSetup(JsonNode cell) => cell["id"]!.GetValue<string>().EndsWith("setup", StringComparison.Ordinal);

    internal static string Source(JsonNode cell) => Text(cell["source"]);

    internal static IEnumerable<JsonNode> Outputs(JsonNode cell) => cell["outputs"]!.AsArray().Select(o => o!);

    /// <summary>All that is printed and shown as text or HTML.</summary>
    internal IEnumerable<string> Printed => Code.SelectMany(Outputs).Select(o => Text(o["text"]) + Text(o["data"]?["text/html"]));

    /// <summary>The cells of two notebooks after each other, as if they were one.</summary>
    internal NotebookFile FollowedBy(NotebookFile next)
    {
        var joined = _root.DeepClone();
        foreach (var cell in next.Cells.Select(c => c.DeepClone()))
        {
            cell["id"] = "next-" + cell["id"]!.GetValue<string>();
            joined["cells"]!.AsArray().Add(cell);
        }
        return new NotebookFile(joined);
    }

    internal void Write(string path) => File.WriteAllText(path, _root.ToJsonString());

    private static string Text(JsonNode? lines) => lines is null ? "" : string.Concat(lines.AsArray().Select(l => l!.GetValue<string>()));
}
