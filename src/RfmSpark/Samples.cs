using System.Globalization;

namespace RfmSpark;

/// <summary>The first of many things, for a message.</summary>
internal static class Samples
{
    private const int Most = 3;

    /// <summary>Three of them at most, and how many more there are.</summary>
    internal static string Of(IReadOnlyCollection<string> all) =>
        string.Join(", ", all.Take(Most)) + (all.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {all.Count - Most:N0} more") : "");
}
