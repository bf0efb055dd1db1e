using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Runs;

namespace RfmSpark.Migration;

/// <summary>Published days are compared as they are: where their customers were segmented by other settings, not all that moved is the customers' doing.</summary>
internal static class RuleChanges
{
    private static readonly string[] OfTheOrders = ["returns", "duplicates"];

    // They make a score by which nobody is segmented.
    private const string Weights = "weights";

    /// <summary>A warning for each of <paramref name="compared"/> that had other settings of the scores, or of what counts as a purchase, than <paramref name="configuration"/>.</summary>
    internal static IEnumerable<string> Warnings(IEnumerable<FinishedRun> compared, JsonNode configuration)
    {
        foreach (var run in compared)
        {
            List<string> changed = [.. Unlike("rfm", run.Configuration, configuration, setting => setting != Weights), .. Unlike("orders", run.Configuration, configuration, OfTheOrders.Contains)];
            if (changed.Count > 0)
                yield return string.Create(CultureInfo.InvariantCulture, $"migration: the run as of {run.Day:yyyy-MM-dd} had other settings ({string.Join(", ", changed)}), so customers moved since by these too, and what they ordered since is counted by both; publish that day again to compare like with like");
        }
    }

    private static IEnumerable<string> Unlike(string section, JsonNode then, JsonNode now, Func<string, bool> isAsked) =>
        now[section]!.AsObject().Where(setting => isAsked(setting.Key) && then[section] is JsonObject before && before.ContainsKey(setting.Key) && !JsonNode.DeepEquals(setting.Value, before[setting.Key])).Select(setting => $"{section}.{setting.Key}");
}
