using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RfmSpark.DuckDb.Delta;

/// <summary>The state of a table after one version of its log: what replaying the actions up to there leaves.</summary>
internal sealed partial class DeltaSnapshot
{
    private readonly Dictionary<string, AddFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RemoveFile> _tombstones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _transactions = new(StringComparer.Ordinal);

    /// <summary>The version; -1 before the first commit.</summary>
    internal long Version { get; set; } = -1;

    /// <summary>The protocol, once there is one.</summary>
    internal TableProtocol? Protocol { get; private set; }

    /// <summary>The schema and settings, once there are any.</summary>
    internal TableMetadata? Metadata { get; private set; }

    /// <summary>The files of the table.</summary>
    internal IReadOnlyCollection<AddFile> Files => _files.Values;

    /// <summary>Files that were removed.</summary>
    internal IReadOnlyCollection<RemoveFile> Tombstones => _tombstones.Values;

    /// <summary>Application → the last version that it recorded.</summary>
    internal IReadOnlyDictionary<string, long> Transactions => _transactions;

    /// <summary>Whether files that were written just now are in the table: a network file system may say that a version was taken when it was we who took it.</summary>
    internal bool Holds(IReadOnlyList<AddFile> written) => written.Count > 0 && _files.ContainsKey(written[0].Path);

    /// <summary>Takes in one action, as a line of a commit or a row of a checkpoint has it. Actions that change no state are passed over.</summary>
    internal void Apply(JsonNode action)
    {
        if (action["add"] is { } add)
        {
            var file = AddFile.FromJson(add);
            if (add["deletionVector"] is not null) throw new DeltaFeatureException("deletion vectors");
            if (IsAbsolute(add["path"]!.GetValue<string>())) throw new DeltaFeatureException("data files of another folder (a shallow clone)");
            _files[file.Path] = file;
            _tombstones.Remove(file.Path);
        }
        else if (action["remove"] is { } remove)
        {
            var file = RemoveFile.FromJson(remove);
            _files.Remove(file.Path);
            _tombstones[file.Path] = file;
        }
        else if (action["txn"] is { } txn)
        {
            _transactions[txn["appId"]!.GetValue<string>()] = txn["version"]!.GetValue<long>();
        }
        else if (action["metaData"] is { } metadata)
        {
            Metadata = new TableMetadata(metadata.AsObject());
        }
        else if (action["protocol"] is { } protocol)
        {
            Protocol = TableProtocol.FromJson(protocol);
        }
    }

    // "The path is a relative path to a file from the root of the table or an absolute path": of the latter a shallow clone is made.
    private static bool IsAbsolute(string path) => path.StartsWith('/') || AbsoluteUri().IsMatch(path);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:/")]
    private static partial Regex AbsoluteUri();
}

/// <summary>The table uses something that this program does not know.</summary>
internal sealed class DeltaFeatureException(string feature) : Exception(feature);
