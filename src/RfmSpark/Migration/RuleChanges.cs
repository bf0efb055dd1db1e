using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Engine;
using RfmSpark.Runs;

namespace RfmSpark.Migration;

/// <summary>Published days are compared as they are: where their customers were segmented by other settings, not all that moved is the customers' doing.</summary>
internal static class RuleChanges
{
    private const string ModelsThen = "clv_model_then";
    private static readonly string[] OfTheOrders = ["returns", "duplicates", "decimalSeparator", "nullValues"];
    private static readonly string[] OfTheColumns = ["customer_id", "order_date", "amount", "quantity", "unit_price", "order_id"];
    private static readonly string[] OfTheClusters = ["features", "scaling", "winsorize", "method", "choice", "outliers", "personas", "restarts", "seed"];
    private static readonly string[] OfOutliersLeftOut = ["outlierRadius", "outlierWeight"];
    private static readonly string[] OfTheValues = ["model", "margin", "marginBy", "margins", "annualDiscount", "tiers"];

    // They make a score by which nobody is segmented.
    private const string Weights = "weights";

    /// <summary>A warning for each of <paramref name="compared"/> that had other settings of what counts as a purchase, of scores, clusters or values than <paramref name="configuration"/>.</summary>
    internal static IEnumerable<string> Warnings(IEnumerable<FinishedRun> compared, JsonNode configuration)
    {
        foreach (var run in compared)
        {
            List<string> changed =
            [
                .. Unlike("rfm", run.Configuration, configuration, setting => setting != Weights),
                .. Unlike("orders", run.Configuration, configuration, OfTheOrders.Contains),
                .. OfTheColumns.Where(c => run.Configuration["orders"]?["columns"]?[c]?.ToString() != configuration["orders"]?["columns"]?[c]?.ToString()).Select(c => "orders.columns." + c),
                .. Unlike("clusters", run.Configuration, configuration, setting => IsOfClusters(setting, configuration["clusters"]!)),
                .. Unlike("clv", run.Configuration, configuration, OfTheValues.Contains),
            ];
            if (changed.Count > 0)
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"migration: the run as of {run.Day:yyyy-MM-dd} had other settings ({string.Join(", ", changed)}), "
                        + $"so what moved and grew since did so by these too; publish that day again to compare like with like");
        }
    }

    /// <summary>
    /// A warning for each of <paramref name="compared"/> whose customers were valued by another model than those of now, in <c>clv_model</c>: the best one may be another
    /// from one day to the next.
    /// </summary>
    internal static IEnumerable<string> ModelWarnings(IEngine engine, IEnumerable<FinishedRun> compared)
    {
        var now = Chosen(engine, Tables.ClvModel.Name);
        foreach (var run in compared)
        {
            if (run.OpenNow(engine, Tables.ClvModel, ModelsThen) is null || Chosen(engine, ModelsThen) is not { } then || now is null || then == now) continue;
            yield return string.Create(CultureInfo.InvariantCulture,
                $"migration: as of {run.Day:yyyy-MM-dd} customers were valued by {then}, now by {now}: "
                    + $"what moved since in CLV, tiers and P(alive) did so by the models too; clv.model names one for all days");
        }
    }

    // A setting that another one puts out of use changes nothing.
    private static bool IsOfClusters(string setting, JsonNode clusters) => OfTheClusters.Contains(setting)
        || setting == ((string?)clusters["choice"] == "fixed" ? "k" : "mostClusters")
        || ((string?)clusters["outliers"] == "leaveOut" && OfOutliersLeftOut.Contains(setting));

    private static string? Chosen(IEngine engine, string models) =>
        engine.Read(Sql.Inline($"SELECT model FROM {models} WHERE is_chosen = 1 AND model <> 'Gamma-Gamma'"), row => row.Text(0)).SingleOrDefault();

    private static IEnumerable<string> Unlike(string section, JsonNode then, JsonNode now, Func<string, bool> isAsked) =>
        now[section]!.AsObject()
            .Where(setting => isAsked(setting.Key) && then[section] is JsonObject before && before.ContainsKey(setting.Key)
                && !JsonNode.DeepEquals(setting.Value, before[setting.Key]))
            .Select(setting => $"{section}.{setting.Key}");
}
