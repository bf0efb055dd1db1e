using System.Text.Json;
using System.Text.Json.Serialization;

namespace RfmSpark.Settings;

/// <summary>Reads the JSON files beside <c>base.json</c> that people edit: comments and trailing commas are taken, what is unknown, doubled or missing is not.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <summary>The file at <paramref name="path"/>, which messages call a <paramref name="kind"/> file and find by <paramref name="setting"/>.</summary>
    /// <exception cref="ConfigFault">It is not there, may not be read, or is no such JSON.</exception>
    internal static T Read<T>(string path, string kind, string setting)
    {
        if (!File.Exists(path)) throw new ConfigFault($"There is no {kind} file {Path.GetFullPath(path)} ({setting}).");
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException broken)
        {
            throw new ConfigFault($"{path} is no {kind} file: {broken.Message}", broken);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new ConfigFault($"{path} may not be read by this user ({setting}).", denied);
        }
    }
}
