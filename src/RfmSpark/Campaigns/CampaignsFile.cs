using System.Text.Json;
using System.Text.Json.Serialization;

namespace RfmSpark.Campaigns;

/// <summary>Actions and matrices, as <c>campaigns.json</c> has them.</summary>
/// <param name="Matrices">By name.</param>
public sealed record CampaignsFile(IReadOnlyDictionary<string, CampaignMatrix> Matrices)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads the file. A matrix is checked when it is chosen, with <see cref="Choose"/>.</summary>
    /// <exception cref="ConfigFault">It is not there, or is no such JSON.</exception>
    public static CampaignsFile Read(string path)
    {
        if (!File.Exists(path)) throw new ConfigFault($"There is no campaigns file {Path.GetFullPath(path)} (campaigns.file).");
        try
        {
            var form = JsonSerializer.Deserialize<FileForm>(File.ReadAllText(path), Json) ?? throw new JsonException("it is null");
            return new CampaignsFile(form.Matrices.ToDictionary(m => m.Key, m => new CampaignMatrix(form.Actions, [.. m.Value.Select(r => new CampaignRow(r.Key, r.Value.Actions, r.Value.Cost, r.Value.Uplift, r.Value.OrderValue))])));
        }
        catch (JsonException broken)
        {
            throw new ConfigFault($"{path} is no campaigns file: {broken.Message}", broken);
        }
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
