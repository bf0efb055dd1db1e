using System.Collections;
using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using RfmSpark.Campaigns;
using RfmSpark.Rfm;
using RfmSpark.Settings;

namespace RfmSpark.Jobs.Commands;

/// <summary>The options that several commands have, and what they come to.</summary>
internal sealed partial class JobOptions
{
    internal Option<string[]> Orders { get; } = new("--orders") { Description = "Files, globs, folders or a Delta table.", Required = true, AllowMultipleArgumentsPerToken = true };
    internal Option<string> Out { get; } = new("--out") { Description = "The folder of the tables.", Required = true };
    internal Option<string?> AsOf { get; } = new("--as-of")
    {
        Description = "A day, yyyy-MM-dd. run: to look from, the day after the last order if it is not given; "
            + "show: to print, push: to push, experiment assign: whose segments, report: whose page, verify: whose tables, the last one if it is not given."
    };
    internal Option<string[]> Conf { get; } = new("--conf") { Description = "A configuration file over conf/base.json; may be repeated.", DefaultValueFactory = _ => [] };
    internal Option<string[]> Set { get; } = new("--set") { Description = "A setting, such as rfm.bins=4; may be repeated.", DefaultValueFactory = _ => [] };
    internal Option<string> Format { get; } = new Option<string>("--format") { Description = "table, csv or json (one object a line).", DefaultValueFactory = _ => "table" }
        .AcceptOnlyFromAmong("table", "csv", "json");

    /// <summary>The folder of base.json: of the checkout that submit.sh runs from, else beside the program.</summary>
    internal static string ConfFolder => Path.Combine(Environment.GetEnvironmentVariable("RFMSPARK_HOME") is { Length: > 0 } home ? home : AppContext.BaseDirectory, "conf");

    /// <summary>The configuration of this command line.</summary>
    internal JobConfig Config(ParseResult line)
    {
        var sources = new SettingsSources().AddFile(Path.Combine(ConfFolder, "base.json"));
        foreach (var file in line.GetValue(Conf)!) sources.AddFile(file);
        sources.AddEnvironment(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => KeyValuePair.Create((string)v.Key, (string?)v.Value)));
        sources.AddPairs(line.GetValue(Set)!);
        return SettingsBinder.Bind(sources);
    }

    /// <summary>The legends that a configuration names.</summary>
    internal static SegmentsFile Segments(JobConfig config) => SegmentsFile.Read(Path.Combine(ConfFolder, config.Rfm.SegmentsFile));

    /// <summary>The actions that a configuration names.</summary>
    internal static CampaignsFile Campaigns(JobConfig config) => CampaignsFile.Read(Path.Combine(ConfFolder, config.Campaigns.File));

    /// <summary>The output folder, whole, so that every part of the program means the same one; a URI as it is.</summary>
    internal string Output(ParseResult line) => line.GetValue(Out) is { Length: > 0 } folder
        ? IsUri(folder) ? folder.TrimEnd('/') : Path.GetFullPath(folder)
        : throw new ConfigFault("--out is empty; name the folder of the tables.");

    /// <summary>Whether an output is not a path on this machine, but what the cluster's Hadoop reads.</summary>
    internal static bool IsUri(string output) => UriScheme().IsMatch(output);

    /// <summary>The orders' paths, in none of whose folders <paramref name="output"/> lies.</summary>
    /// <exception cref="ConfigFault">It lies in one, where the next run would take its tables for orders; or as for <see cref="Paths"/>.</exception>
    internal IReadOnlyList<string> PathsOutside(ParseResult line, string output)
    {
        var paths = Paths(line);
        if (paths.FirstOrDefault(path => LiesIn(output, path)) is { } folder)
            throw new ConfigFault($"--out {output} lies in --orders {folder}: the next run would take the tables for orders. "
                + $"Name a folder outside of it, or name the files, such as 'orders/*.csv'.");
        return paths;
    }

    // In a folder, or in one that a pattern takes: whole, with the folders below it.
    private static bool LiesIn(string output, string path)
    {
        var whole = IsUri(path) ? path : Path.GetFullPath(path);
        var pattern = PartOfPattern().Replace(whole.TrimEnd('/'), part => part.Value[0] switch
        {
            '*' => "[^/]*",
            '?' => "[^/]",
            '[' when part.Length > 1 => "[^/]",
            _ => Regex.Escape(part.Value),
        });
        return Regex.IsMatch(output, $"^{pattern}(/|$)");
    }

    /// <summary>The orders' paths.</summary>
    /// <exception cref="ConfigFault">One is empty, or looks like an option, which would else be taken for a file that is missing.</exception>
    internal IReadOnlyList<string> Paths(ParseResult line)
    {
        var paths = line.GetValue(Orders)!;
        if (paths.Any(p => p.Length == 0)) throw new ConfigFault("--orders is empty; name the files.");
        if (paths.FirstOrDefault(p => p.StartsWith("--", StringComparison.Ordinal)) is { } option) throw new ConfigFault($"There is no option {option}; --help lists them.");
        return paths;
    }

    /// <summary>The day of --as-of; null if it is not given.</summary>
    /// <exception cref="ConfigFault">It is no day.</exception>
    internal DateOnly? AsOfDay(ParseResult line) => line.GetValue(AsOf) is { } text ? Day("--as-of", text) : null;

    /// <summary>A day of the command line.</summary>
    /// <exception cref="ConfigFault">It is none, or lies where no day of an order can.</exception>
    internal static DateOnly Day(string option, string text)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new ConfigFault($"{option} is '{text}'; write a day as yyyy-MM-dd, such as 2026-01-31.");
        if (day.Year is < 1000 or > 9000) throw new ConfigFault($"{option} is {text}; it must be 1000-01-01 to 9000-12-31.");
        return day;
    }

    // Also hdfs:/segments and dbfs:/segments, which name no host.
    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]+:/")]
    private static partial Regex UriScheme();

    [GeneratedRegex(@"\*+|\?|\[[^\]/]*\]|[^*?\[]+|\[")]
    private static partial Regex PartOfPattern();
}
