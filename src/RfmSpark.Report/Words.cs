namespace RfmSpark.Report;

/// <summary>Words around numbers.</summary>
internal static class Words
{
    /// <summary>A number of things: 1 customer, 2 customers.</summary>
    internal static string Of(long number, string thing) => $"{Numbers.Count(number)} {thing}{(number == 1 ? "" : "s")}";

    /// <summary>A text as a sentence begins.</summary>
    internal static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
