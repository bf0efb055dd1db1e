using RfmSpark.Settings;

namespace RfmSpark.Campaigns;

/// <summary>Actions and matrices, as <c>campaigns.json</c> has them.</summary>
/// <param name="Matrices">By name.</param>
public sealed record CampaignsFile(IReadOnlyDictionary<string, CampaignMatrix> Matrices)
{
    /// <summary>Reads the file. A matrix is checked when it is chosen, with <see cref="Choose"/>.</summary>
    /// <exception cref="ConfigFault">It is not there, is no such JSON, or has a matrix or a row that is null.</exception>
    public static CampaignsFile Read(string path)
    {
        var form = JsonFile.Read<FileForm>(path, "campaigns", "campaigns.file");
        var empty = form.Matrices.Where(m => m.Value is null).Select(m => m.Key)
            .Concat(form.Matrices.Where(m => m.Value is not null).SelectMany(m => m.Value.Where(r => r.Value is null).Select(r => $"{m.Key}, {r.Key}"))).ToList();
        if (empty.Count > 0) throw new ConfigFault(empty.ConvertAll(name => $"{path}: matrix {name} is null; give it its rows, or take it out."));
        return new CampaignsFile(form.Matrices.ToDictionary(
            m => m.Key,
            m => new CampaignMatrix(form.Actions, [.. m.Value.Select(r => new CampaignRow(r.Key, r.Value.Actions, r.Value.Cost, r.Value.Uplift, r.Value.OrderValue))])));
    }

    /// <summary>The matrix of that name, complete for these segments.</summary>
    /// <exception cref="ConfigFault">There is none, or it cannot be used.</exception>
    public CampaignMatrix Choose(string name, IReadOnlyList<string> segments)
    {
        if (!Matrices.TryGetValue(name, out var matrix))
            throw new ConfigFault($"campaigns: there is no matrix '{name}'; there are {string.Join(", ", Matrices.Keys)}. Add one to the campaigns file, or set campaigns.by.");
        var faults = matrix.Faults(segments).Select(fault => $"campaigns, matrix {name}: {fault}.").ToList();
        return faults.Count == 0 ? matrix : throw new ConfigFault(faults);
    }

    private sealed record FileForm
    {
        public required IReadOnlyList<string> Actions { get; init; }
        public required OrderedDictionary<string, OrderedDictionary<string, RowForm>> Matrices { get; init; }
    }

    private sealed record RowForm
    {
        public required IReadOnlyList<string> Actions { get; init; }
        public required decimal Cost { get; init; }
        public required decimal Uplift { get; init; }
        public decimal? OrderValue { get; init; }
    }
}
