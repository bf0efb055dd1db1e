using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Cohorts;

/// <summary>
/// The periods in which something was ordered, numbered from 0 in their order, each with a bit of its own. A customer's bits, OR-ed together, tell all periods in which it bought, in one row and
/// one pass over its days, whatever the number of periods.
/// </summary>
internal sealed class CohortCalendar
{
    // Of a 64-bit integer, without the sign.
    private const int BitsPerWord = 62;

    private readonly IReadOnlyList<(DateOnly Day, int Period)> _days;

    private CohortCalendar(IReadOnlyList<DateOnly> periods, IReadOnlyList<(DateOnly Day, int Period)> days)
    {
        Periods = periods;
        _days = days;
    }

    /// <summary>First days of the periods.</summary>
    internal IReadOnlyList<DateOnly> Periods { get; }

    /// <summary>How many integers hold a bit for each period.</summary>
    internal int Words => ((Periods.Count - 1) / BitsPerWord) + 1;

    private IEnumerable<string> Bits => CohortTables.Bits(Words).Select(c => c.Name);

    /// <summary>The calendar of the days on which something was ordered.</summary>
    internal static CohortCalendar Of(CohortPeriod period, IEnumerable<DateOnly> days)
    {
        var starts = days.Order().Select(day => (Day: day, Start: CohortPeriods.Start(period, day))).ToList();
        var periods = starts.Select(s => s.Start).Distinct().ToList();
        var numbers = periods.Index().ToDictionary(p => p.Item, p => p.Index);
        return new CohortCalendar(periods, [.. starts.Select(s => (s.Day, numbers[s.Start]))]);
    }

    /// <summary>Keeps <c>cohort_days</c>.</summary>
    internal void Put(IEngine engine) => engine.Put(CohortTables.CohortDays(Words), _days, (day, row) =>
    {
        row.Date(day.Day);
        row.Long(day.Period);
        for (var word = 0; word < Words; word++) row.Long(day.Period / BitsPerWord == word ? 1L << (day.Period % BitsPerWord) : 0);
    });

    /// <summary>The columns of bits.</summary>
    internal SqlExpression Columns() => new(_ => string.Join(", ", Bits));

    /// <summary>The same, of all days of a customer.</summary>
    internal SqlExpression Together() => new(_ => string.Join(", ", Bits.Select(bits => $"BIT_OR({bits}) AS {bits}")));

    /// <summary>The periods whose bits <paramref name="word"/> holds.</summary>
    internal IEnumerable<int> PeriodsOf(int word) => Enumerable.Range(word * BitsPerWord, Math.Min(BitsPerWord, Periods.Count - (word * BitsPerWord)));

    /// <summary>How many customers bought in each of those periods, as many columns.</summary>
    internal SqlExpression Active(int word) => new(_ => string.Join(", ", PeriodsOf(word).Select(period => string.Create(CultureInfo.InvariantCulture,
        $"CAST(COUNT(NULLIF({Bits.ElementAt(word)} & {1L << (period % BitsPerWord)}, 0)) AS BIGINT) AS active_{period}"))));
}
