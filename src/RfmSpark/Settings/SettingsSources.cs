using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace RfmSpark.Settings;

/// <summary>
/// The layers that settings come from, the later ones stronger: base.json, each further file, the environment, the command line.
/// A list is taken whole from the strongest layer that has it; layers are not mixed within one.
/// </summary>
public sealed class SettingsSources
{
    private const string EnvironmentPrefix = "RFMSPARK_";
    private readonly List<(string Name, IConfigurationRoot Values)> _layers = [];

    /// <summary>Adds a JSON file.</summary>
    /// <exception cref="ConfigFault">It is not there, or is no JSON.</exception>
    public SettingsSources AddFile(string path)
    {
        if (!File.Exists(path)) throw new ConfigFault($"There is no configuration file {Path.GetFullPath(path)}.");
        try
        {
            using var file = File.OpenRead(path);
            return Add(path, new ConfigurationBuilder().AddJsonStream(file).Build());
        }
        catch (Exception broken) when (broken is InvalidDataException or FormatException or JsonException)
        {
            throw new ConfigFault($"{path} is no valid JSON: {broken.InnerException?.Message ?? broken.Message}", broken);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new ConfigFault($"{path} may not be read by this user.", denied);
        }
    }

    /// <summary>Adds the variables <c>RFMSPARK_SECTION__SETTING</c>; without a double underscore a variable is no setting.</summary>
    public SettingsSources AddEnvironment(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        var settings = variables
            .Where(v => v.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase) && v.Key.Contains("__", StringComparison.Ordinal))
            .Select(v => KeyValuePair.Create(v.Key[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), v.Value));
        return Add("environment", InMemory(settings));
    }

    /// <summary>Adds <c>section.setting=value</c> pairs of the command line; a list's values are separated by commas.</summary>
    /// <exception cref="ConfigFault">One has no <c>=</c>, or a list as JSON writes it.</exception>
    public SettingsSources AddPairs(IEnumerable<string> pairs)
    {
        var settings = pairs.Select(pair => pair.Split('=', 2) switch
        {
            [var path, ['[', .., ']'] list] when list[1] is '"' or ']' || char.IsAsciiDigit(list[1]) =>
                throw new ConfigFault($"--set {pair}: write a list without brackets and quotes, with commas between: "
                    + $"--set {path}={string.Join(',', list[1..^1].Split(',').Select(value => value.Trim(' ', '"')))}"),
            [var path, var value] => KeyValuePair.Create(path.Trim().Replace('.', ':'), (string?)value),
            _ => throw new ConfigFault($"--set {pair}: write --set section.setting=value, such as --set rfm.bins=4."),
        });
        return Add("--set", InMemory(settings));
    }

    /// <summary>The strongest layer that says anything at or under <paramref name="path"/>, or null.</summary>
    internal (string Layer, IConfigurationSection Section)? Find(string path)
    {
        for (var i = _layers.Count - 1; i >= 0; i--)
        {
            var section = _layers[i].Values.GetSection(path);
            if (section.Exists() || KnowsKey(_layers[i].Values, path)) return (_layers[i].Name, section);
        }
        return null;
    }

    /// <summary>The keys directly under <paramref name="path"/> of every layer, each with the layers that have it.</summary>
    internal IEnumerable<(string Layer, string Key)> Keys(string path) =>
        _layers.SelectMany(layer => (path.Length == 0 ? layer.Values.GetChildren() : layer.Values.GetSection(path).GetChildren()).Select(child => (layer.Name, child.Key)));

    // No path, name or text of a file has a NUL in it, and below us it would end the text there.
    private SettingsSources Add(string name, IConfigurationRoot values)
    {
        if (values.AsEnumerable().FirstOrDefault(v => v.Value?.Contains('\0') == true) is { Key: { } key })
            throw new ConfigFault($"{name}: {key.Replace(':', '.')} has a NUL character in it; take it out.");
        _layers.Add((name, values));
        return this;
    }

    // Of a setting said twice the last one counts.
    private static IConfigurationRoot InMemory(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var last = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, value) in settings) last[path] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(last).Build();
    }

    // A key whose value is null or an empty list does not "exist" for the library, but it is said.
    private static bool KnowsKey(IConfigurationRoot values, string path)
    {
        var parent = path.LastIndexOf(':');
        var siblings = parent < 0 ? values.GetChildren() : values.GetSection(path[..parent]).GetChildren();
        return siblings.Any(s => string.Equals(s.Path, path, StringComparison.OrdinalIgnoreCase));
    }
}
