namespace RfmSpark.Rfm;

/// <summary>
/// Cells written shortly, a part for each score: a digit (<c>5</c>), one of several (<c>[45]</c>), a range (<c>[2-5]</c>), or any (<c>.</c>).
/// <c>[45][12].</c> names twenty cells of five bins; <c>A</c> stands for 10.
/// </summary>
public sealed class CellPattern
{
    private readonly IReadOnlyList<IReadOnlyList<int>?> _parts;

    private CellPattern(IReadOnlyList<IReadOnlyList<int>?> parts) => _parts = parts;

    /// <summary>Whether these scores fit.</summary>
    public bool Matches(IReadOnlyList<int> scores) => _parts.Zip(scores).All(p => p.First is null || p.First.Contains(p.Second));

    /// <summary>Reads a pattern of <paramref name="length"/> parts with scores from 1 to <paramref name="bins"/>; null if it is none.</summary>
    public static CellPattern? Parse(string text, int length, int bins)
    {
        List<IReadOnlyList<int>?> parts = [];
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '.')
            {
                parts.Add(null);
            }
            else if (text[at] == '[')
            {
                var end = text.IndexOf(']', at);
                if (end < 0 || ScoresIn(text[(at + 1)..end]) is not { Count: > 0 } several) return null;
                parts.Add(several);
                at = end;
            }
            else if (Score(text[at]) is { } one)
            {
                parts.Add([one]);
            }
            else
            {
                return null;
            }
        }
        return parts.Count == length && parts.All(p => p is null || p.All(s => s <= bins)) ? new CellPattern(parts) : null;
    }

    private static List<int>? ScoresIn(string text)
    {
        List<int> scores = [];
        for (var at = 0; at < text.Length; at++)
        {
            if (Score(text[at]) is not { } low) return null;
            var high = low;
            if (at + 2 < text.Length && text[at + 1] == '-')
            {
                if (Score(text[at + 2]) is not { } bound || bound < low) return null;
                high = bound;
                at += 2;
            }
            scores.AddRange(Enumerable.Range(low, high - low + 1));
        }
        return scores;
    }

    private static int? Score(char digit) => digit is >= '1' and <= '9' ? digit - '0' : digit == 'A' ? 10 : null;
}
