using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace RfmSpark.Settings;

/// <summary>
/// Binds <see cref="SettingsSources"/> to the records of <see cref="JobConfig"/>, and finds every fault on the way: an unknown key, a missing value,
/// a value that cannot be read or is out of range. Each says the file, the path, the value, and what is allowed.
/// </summary>
public sealed class SettingsBinder
{
    private readonly SettingsSources _sources;
    private readonly List<string> _faults = [];

    private SettingsBinder(SettingsSources sources) => _sources = sources;

    /// <summary>The configuration.</summary>
    /// <exception cref="ConfigFault">All faults together.</exception>
    public static JobConfig Bind(SettingsSources sources)
    {
        var binder = new SettingsBinder(sources);
        var config = (JobConfig)binder.Record(typeof(JobConfig), "");
        if (binder._faults.Count == 0)
            binder._faults.AddRange(config.Check().Select(f => $"{binder.Layer(f.Path.Replace('.', ':'))}: {f.Path} {f.Fault}."));
        return binder._faults.Count == 0 ? config : throw new ConfigFault(binder._faults);
    }

    private object Record(Type type, string path)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null).ToList();
        foreach (var (layer, key) in _sources.Keys(path).Where(k => !properties.Any(p => string.Equals(p.Name, k.Key, StringComparison.OrdinalIgnoreCase))))
            _faults.Add($"{layer}: there is no setting {Dotted(Join(path, key))}.{Nearest(key, properties.Select(p => SettingName.Of(p.Name)))}");

        if (path.Length > 0 && _sources.Find(path) is { } said && !string.IsNullOrEmpty(said.Section.Value))
            Fault(said.Layer, path, said.Section.Value, $"a section with {string.Join(", ", properties.Select(p => SettingName.Of(p.Name)))}");

        var record = Activator.CreateInstance(type)!;
        foreach (var property in properties)
        {
            var at = Join(path, SettingName.Of(property.Name));
            if (Value(property, at) is not { } value) continue;
            property.SetValue(record, value);
            CheckRange(property, at, value);
        }
        return record;
    }

    private object? Value(PropertyInfo property, string path)
    {
        var type = property.PropertyType;
        if (type == typeof(IReadOnlyDictionary<string, string>)) return Map(path);
        if (type == typeof(IReadOnlyDictionary<string, decimal>)) return NumberMap(path);
        if (type.Name.EndsWith("Config", StringComparison.Ordinal)) return Record(type, path);
        var found = _sources.Find(path);
        if (type == typeof(IReadOnlyList<string>)) return found is null ? Missing(path) : Texts(found.Value.Section);
        if (type == typeof(IReadOnlyList<decimal>)) return found is null ? Missing(path) : Numbers(found.Value);
        if (found is { } shaped && shaped.Section.GetChildren().Any()) return Fault(shaped.Layer, path, "a list or a section", "one value");
        if (string.IsNullOrEmpty(found?.Section.Value)) return Optional(property) && found is not null ? null : Missing(path);
        if (Optional(property) && found.Value.Section.Value == "null") return null;
        return Scalar(Nullable.GetUnderlyingType(type) ?? type, found.Value);
    }

    private object? Scalar(Type type, (string Layer, IConfigurationSection Section) found)
    {
        var (layer, text) = (found.Layer, found.Section.Value!);
        if (type == typeof(string)) return text;
        if (type.IsEnum)
        {
            if (Enum.GetNames(type).FirstOrDefault(n => string.Equals(n, text, StringComparison.OrdinalIgnoreCase)) is { } member) return Enum.Parse(type, member);
            return Fault(layer, found.Section.Path, text, $"one of {string.Join(", ", Enum.GetNames(type).Select(SettingName.Of))}");
        }
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? i : Fault(layer, found.Section.Path, text, "a whole number");
        if (type == typeof(decimal)) return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) ? d : Fault(layer, found.Section.Path, text, "a number");
        if (type == typeof(BadRowLimit))
            return BadRowLimit.TryParse(text, CultureInfo.InvariantCulture, out var limit)
                ? limit
                : Fault(layer, found.Section.Path, text, "a number of rows such as 100, or a share such as 1%");
        if (type == typeof(CalendarStep)) return CalendarStep.TryParse(text, CultureInfo.InvariantCulture, out var step) ? step : Fault(layer, found.Section.Path, text, CalendarStep.Form);
        throw new NotSupportedException($"No setting is a {type.Name}.");
    }

    private IReadOnlyList<decimal>? Numbers((string Layer, IConfigurationSection Section) found)
    {
        List<decimal> numbers = [];
        foreach (var text in Texts(found.Section))
        {
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) numbers.Add(number);
            else Fault(found.Layer, found.Section.Path, text, "a list of numbers");
        }
        return numbers;
    }

    // A list is written as one in JSON, or with commas where only text can be given.
    private static IReadOnlyList<string> Texts(IConfigurationSection section) => string.IsNullOrEmpty(section.Value)
        ? [.. section.GetChildren().Select(c => c.Value ?? "")]
        : [.. section.Value.Split(',').Select(v => v.Trim())];

    // Each key of a map is its own setting; an empty value takes it out.
    private Dictionary<string, string> Map(string path)
    {
        foreach (var (layer, key) in _sources.Keys(path).Where(k => _sources.Find(Join(path, k.Key))!.Value.Section.GetChildren().Any()))
            Fault(layer, Join(path, key), "a list or a section", "one value");
        return _sources.Keys(path).Select(k => k.Key.ToLowerInvariant()).Distinct()
            .Select(key => (Key: key, _sources.Find(Join(path, key))!.Value.Section.Value))
            .Where(e => !string.IsNullOrEmpty(e.Value)).ToDictionary(e => e.Key, e => e.Value!);
    }

    private Dictionary<string, decimal> NumberMap(string path)
    {
        Dictionary<string, decimal> numbers = [];
        foreach (var (key, text) in Map(path))
        {
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) numbers[key] = number;
            else Fault(Layer(Join(path, key)), Join(path, key), text, "a number");
        }
        return numbers;
    }

    private void CheckRange(PropertyInfo property, string path, object value)
    {
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>().Where(r => !r.IsValid(value)))
        {
            Fault(Layer(path), path, Convert.ToString(value, CultureInfo.InvariantCulture)!, rule switch
            {
                RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}"),
                AllowedValuesAttribute values => $"one of {string.Join(" ", values.Values)}",
                StringLengthAttribute length => $"{length.MinimumLength} to {length.MaximumLength} characters",
                _ => rule.ErrorMessage!["it must be ".Length..],
            });
        }
    }

    private object? Missing(string path)
    {
        _faults.Add($"{Dotted(path)} has no value.");
        return null;
    }

    private object? Fault(string layer, string path, string value, string allowed)
    {
        _faults.Add($"{layer}: {Dotted(path)} is '{value}'; it must be {allowed}.");
        return null;
    }

    private string Layer(string path) => _sources.Find(path)?.Layer ?? "configuration";

    private static bool Optional(PropertyInfo property) => new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    private static string Nearest(string key, IEnumerable<string> known)
    {
        var nearest = known.MinBy(k => Distance(k.ToUpperInvariant(), key.ToUpperInvariant()));
        return nearest is not null && Distance(nearest.ToUpperInvariant(), key.ToUpperInvariant()) <= 3 ? $" Did you mean {nearest}?" : "";
    }

    // Levenshtein's distance, a row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : path + ":" + key;
    private static string Dotted(string path) => path.Replace(':', '.');
}
