namespace RfmSpark.Report;

/// <summary>Words around numbers.</summary>
internal static class Words
{
    /// <summary>A number of things: 1 customer, 2 customers.</summary>
    internal static string Of(long number, string thing) => $"{Numbers.Count(number)} {thing}{(number == 1 ? "" : "s")}";

    /// <summary>One or more things: A, B and C.</summary>
    internal static string List(IReadOnlyList<string> things) => things.Count == 1 ? things[0] : $"{string.Join(", ", things.SkipLast(1))} and {things[^1]}";

    /// <summary>A text as a sentence begins.</summary>
    internal static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
