namespace RfmSpark.Rfm;

/// <summary>Where customers are on a day on which they are in no segment: names that stand in <c>segment_migration</c> beside those of segments, which may not have them.</summary>
public static class NoSegment
{
    /// <summary>They had bought nothing yet.</summary>
    public const string New = "(new)";

    /// <summary>The orders hold no purchase of them any more.</summary>
    public const string LostToView = "(lost to view)";

    /// <summary>They are known, but not what they will bring, so that they have no tier.</summary>
    public const string Unknown = "(unknown)";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [New, LostToView, Unknown];
}
