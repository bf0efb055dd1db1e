using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RfmSpark.DuckDb.Delta;

/// <summary>The <c>_delta_log</c> folder of one table: finds its versions, replays them, and adds the next (PROTOCOL.md, "Delta Log Entries").</summary>
internal sealed partial class DeltaLog(string table, DeltaCheckpoint checkpoints)
{
    private const int FileExists = 17;   // EEXIST

    /// <summary>The folder.</summary>
    internal string Folder { get; } = Path.Combine(table, "_delta_log");

    /// <summary>The state of the table as it now stands, or stood at <paramref name="version"/>; null if there is no table.</summary>
    /// <exception cref="EngineFault">The log cannot be read, has a gap, or asks for more than reader version 1 (or, to be written, writer version 2).</exception>
    internal DeltaSnapshot? Read(long? version = null, bool forWriting = false)
    {
        if (!Directory.Exists(Folder)) return null;
        var commits = Directory.EnumerateFiles(Folder, "*.json").Select(f => VersionOf(f, ".json")).OfType<long>().Where(v => v <= (version ?? long.MaxValue)).ToHashSet();
        var snapshot = FromCheckpoint(version, v => commits.Contains(v) || File.Exists(CommitFile(v)));
        if (commits.Count == 0 && snapshot.Version < 0)
            return version is { } older && DeltaCheckpoint.Complete(Folder) is [.., var oldest]
                ? throw new EngineFault($"{table} has no version {older} any more; its history begins at {oldest.Version}. Read that one.")
                : null;

        // A folder is not listed in one moment: what is missing from the list may be there.
        while (snapshot.Version < (version ?? long.MaxValue) && (commits.Contains(snapshot.Version + 1) || File.Exists(CommitFile(snapshot.Version + 1)))) ApplyCommit(snapshot, snapshot.Version + 1);
        if (commits.Any(v => v > snapshot.Version))
            throw new EngineFault($"{Folder} lacks version {snapshot.Version + 1}, but has {commits.Max()}; its log is incomplete. Restore the missing file, or publish to another --out.");
        if (version is { } wanted && snapshot.Version != wanted)
            throw new EngineFault($"{table} has no version {wanted}; its newest is {snapshot.Version}. Publish again.");
        if (snapshot.Protocol is null || snapshot.Metadata is null)
            throw new EngineFault($"{Folder} has no protocol or no schema in its log; it is damaged, or is no Delta table. Restore it, or publish to another --out.");
        CheckProtocol(snapshot, forWriting);
        return snapshot;
    }

    /// <summary>Brings a snapshot that is to be written to up to the newest commit.</summary>
    internal void Refresh(DeltaSnapshot snapshot)
    {
        while (File.Exists(CommitFile(snapshot.Version + 1))) ApplyCommit(snapshot, snapshot.Version + 1);
        CheckProtocol(snapshot, forWriting: true);
    }

    /// <summary>
    /// Writes <paramref name="actions"/> as version <paramref name="version"/>, whole or not at all. The file is written under another name, flushed,
    /// and given its own by a hard link, which fails if the name is taken: of two writers only one wins a version, and no reader sees half of it.
    /// (<see cref="File.Move(string, string, bool)"/> replaces an existing file on Linux if two race.)
    /// </summary>
    /// <returns>Whether the version was free.</returns>
    internal bool TryCommit(long version, IEnumerable<JsonObject> actions)
    {
        var target = CommitFile(version);
        var temporary = Path.Combine(Folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(Folder);
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                foreach (var action in actions)
                {
                    file.Write(Encoding.UTF8.GetBytes(action.ToJsonString()));
                    file.WriteByte((byte)'\n');
                }
                file.Flush(flushToDisk: true);
            }
            return Claim(temporary, target);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new EngineFault($"{target} cannot be written: {failed.Message} The table stands as before.", failed);
        }
        finally
        {
            DeleteQuietly(temporary);
        }
    }

    /// <summary>Writes a checkpoint of a version that was just committed, if its number asks for one and nobody has committed since.</summary>
    internal void WriteCheckpointIfDue(long version)
    {
        if (version == 0 || version % DeltaCheckpoint.Interval != 0) return;
        try
        {
            if (Read() is { } now && now.Version == version) checkpoints.Write(Folder, now, TimeProvider.System.GetUtcNow());
        }
        catch (Exception failed) when (failed is EngineFault or IOException or UnauthorizedAccessException)
        {
            // The commit stands; readers do without a checkpoint, and the next tenth version writes one.
        }
    }

    /// <summary>The version that a file of the log is of, or null if its name is no version.</summary>
    internal static long? VersionOf(string file, string ending)
    {
        var name = Path.GetFileName(file);
        return name.Length == 20 + ending.Length && name.EndsWith(ending, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }

    /// <summary>A version as the names of the log have it: 20 digits.</summary>
    internal static string NameOf(long version) => version.ToString("D20", CultureInfo.InvariantCulture);

    private string CommitFile(long version) => Path.Combine(Folder, NameOf(version) + ".json");

    private void ApplyCommit(DeltaSnapshot snapshot, long version)
    {
        var path = CommitFile(version);
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (line.Length > 0) snapshot.Apply(JsonNode.Parse(line)!);
            }
        }
        catch (DeltaFeatureException unknown)
        {
            throw Unsupported(unknown.Message);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or NullReferenceException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new EngineFault($"{path}, line {number}, cannot be read as a Delta commit: {broken.Message} Restore it, or publish to another --out.", broken);
        }
        if (number == 0) throw new EngineFault($"{path} is empty; the log is damaged. Restore it, or publish to another --out.");
        snapshot.Version = version;
    }

    // The state to begin from: the newest checkpoint that can be read, or none. A damaged one is passed over while every commit up to it, from an older one or from
    // the first, is there; with one missing, what can be read would pass for the newest version.
    private DeltaSnapshot FromCheckpoint(long? version, Func<long, bool> isThere)
    {
        var (newest, damage) = (-1L, (EngineFault?)null);
        foreach (var (at, files) in DeltaCheckpoint.Complete(Folder, version))
        {
            if (!Lead(at)) break;
            try
            {
                return ReadCheckpoint(at, files);
            }
            catch (DeltaFeatureException unknown)
            {
                throw Unsupported(unknown.Message);
            }
            catch (Exception broken) when (broken is EngineFault or JsonException or InvalidOperationException or NullReferenceException or FormatException)
            {
                newest = Math.Max(newest, at);
                damage ??= new EngineFault($"{files[0]} cannot be read as a Delta checkpoint, and the commits that would do instead are not all there: {broken.Message} "
                    + $"Restore that checkpoint, or publish to another --out.", broken);
            }
        }
        return damage is null || Lead(-1) ? new DeltaSnapshot() : throw damage;

        bool Lead(long from)
        {
            for (var next = from + 1; next <= newest; next++)
            {
                if (!isThere(next)) return false;
            }
            return true;
        }
    }

    private DeltaSnapshot ReadCheckpoint(long version, IReadOnlyList<string> files)
    {
        var snapshot = new DeltaSnapshot { Version = version };
        foreach (var action in checkpoints.Read(files)) snapshot.Apply(action);
        return snapshot.Protocol is null || snapshot.Metadata is null ? throw new FormatException("It has no protocol or no schema.") : snapshot;
    }

    private void CheckProtocol(DeltaSnapshot snapshot, bool forWriting)
    {
        var (protocol, metadata) = (snapshot.Protocol!, snapshot.Metadata!);
        // What only writers must know, such as how rows are clustered, is nothing to a reader.
        var features = forWriting ? protocol.ReaderFeatures.Union(protocol.WriterFeatures).ToList() : protocol.ReaderFeatures;
        if (features.Count > 0) throw Unsupported(string.Join(", ", features));
        if (protocol.MinReader > 1 || (forWriting && protocol.MinWriter > 2)) throw Unsupported($"reader version {protocol.MinReader}, writer version {protocol.MinWriter}");
        if (metadata.Configuration.TryGetValue("delta.columnMapping.mode", out var mapping) && mapping is not (null or "none")) throw Unsupported("column mapping");
    }

    private EngineFault Unsupported(string what) =>
        new($"{table} is a Delta table that uses {what}; the embedded engine knows reader version 1 and writer version 2. "
            + $"Run on Spark, which knows them all, or publish to another --out. Nothing was written.");

    private static bool Claim(string temporary, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                File.Move(temporary, target, overwrite: false);
                return true;
            }
            catch (IOException) when (File.Exists(target))
            {
                return false;
            }
        }
        if (Link(temporary, target) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        return error == FileExists ? false : throw new IOException(Marshal.GetPInvokeErrorMessage(error)
            + ". The file system must know hard links; without them two writers could lose each other's commits.");
    }

    // A temporary file that stays is passed over by every reader; the commit is what counts.
    private static void DeleteQuietly(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string created);
}
