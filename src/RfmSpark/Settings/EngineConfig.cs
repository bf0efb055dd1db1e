using System.ComponentModel.DataAnnotations;

namespace RfmSpark.Settings;

/// <summary>Resources of the embedded engine; a cluster has its own.</summary>
public sealed record EngineConfig
{
    /// <summary>Such as <c>1GB</c>; unset for 80 % of the machine's memory. What does not fit is spilled to disk.</summary>
    [RegularExpression("(?i)[0-9]+([.][0-9]+)?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)", ErrorMessage = "it must be a size such as 800MB or 4GB")]
    public string? MemoryLimit { get; init; }
    /// <summary>Unset for one a core.</summary>
    [Range(1, 1024)]
    public int? Threads { get; init; }
    /// <summary>Where spilled data goes; unset for the system's temporary folder.</summary>
    public string? TempDirectory { get; init; }
}
