using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Clv;

/// <summary>Margins of customers, where they differ by where one buys.</summary>
internal static class Margins
{
    /// <summary>Keeps <c>customer_margins</c>, empty where all margins are one; returns what must be said of the settings.</summary>
    internal static IReadOnlyList<string> Put(IEngine engine, ClvConfig config, DateOnly asOf)
    {
        if (config.MarginBy == MarginBy.None)
        {
            engine.Put(ClvTables.CustomerMargins, Array.Empty<string>(), (_, _) => { });
            return [];
        }
        var byStore = config.MarginBy == MarginBy.Store;
        engine.Put(ClvTables.PlaceMargins, config.Margins, (place, row) =>
        {
            row.Text(place.Key);
            row.Decimal(place.Value);
        });
        var unknown = engine.Read(Sql.Of("unknown_places").With("by_store", byStore), row => row.Text(0)!);
        engine.Create(ClvTables.CustomerMargins, Sql.Of("customer_margins").With("by_store", byStore).With("margin", config.Margin).With("as_of", asOf));
        engine.Drop(ClvTables.PlaceMargins);
        return unknown.Count == 0 ? [] : [$"clv.margins names {Samples.Of(unknown)}, but no order line is of such a {SettingName.Of(config.MarginBy)}"];
    }
}
