using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Periods;

/// <summary>
/// A bit for each period of the calendar. A customer's bits, OR-ed together, tell all periods in which it bought, in one row and one pass over its days. An integer holds 62 periods on end; years
/// in which nothing was ordered, before a mistyped date perhaps, take none.
/// </summary>
public sealed class PeriodBits
{
    // Of a 64-bit integer, without the sign.
    private const int BitsPerInteger = 62;

    // The number of the period that each integer begins with, and of the last one of all.
    private readonly IReadOnlyList<int> _first;
    private readonly int _last;

    private PeriodBits(CohortPeriod period, IReadOnlyList<int> first, int last)
    {
        (Period, _first, _last) = (period, first, last);
        Columns = [.. Enumerable.Range(1, first.Count).Select(i => new Column(string.Create(CultureInfo.InvariantCulture, $"bits_{i}"), ColumnType.Long, "a bit for each period with a purchase"))];
    }

    /// <summary>Months, weeks or quarters.</summary>
    public CohortPeriod Period { get; }

    /// <summary>The integers that hold all periods.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The bits of the periods that <paramref name="days"/> lie in.</summary>
    public static PeriodBits Of(CohortPeriod period, IEnumerable<DateOnly> days)
    {
        var numbers = days.Select(day => CalendarPeriods.Number(period, day)).Distinct().Order().ToList();
        // Where nothing was ordered, the first of all.
        if (numbers.Count == 0) numbers.Add(CalendarPeriods.Number(period, DateOnly.MinValue));
        List<int> first = [numbers[0]];
        foreach (var number in numbers)
            if (number >= first[^1] + BitsPerInteger) first.Add(number);
        return new PeriodBits(period, first, numbers[^1]);
    }

    /// <summary>From a customer's days, the columns.</summary>
    internal SqlExpression Bought() => new(dialect => string.Join(",\n    ", Columns.Index().Select(column =>
    {
        var (from, until) = (CalendarPeriods.Start(Period, _first[column.Index]), CalendarPeriods.Start(Period, _first[column.Index] + BitsPerInteger));
        var bit = dialect.Call("bit", [$"{CalendarPeriods.Number(Period, "order_date").Render(dialect)} - {Text(_first[column.Index])}"]);
        return $"BIT_OR(CASE WHEN net > 0 AND order_date >= {dialect.Literal(from)} AND order_date < {dialect.Literal(until)} THEN {bit} ELSE 0 END) AS {column.Item.Name}";
    })));

    /// <summary>The columns by name, where they are passed on.</summary>
    internal SqlExpression Names() => new(_ => string.Join(", ", Columns.Select(c => c.Name)));

    /// <summary>The numbers of the periods that a column holds.</summary>
    internal IEnumerable<int> PeriodsOf(int column) => Enumerable.Range(_first[column], Math.Min(BitsPerInteger, _last - _first[column] + 1));

    /// <summary>How many customers bought in each of those periods, as many columns.</summary>
    internal SqlExpression Active(int column) => new(_ => string.Join(",\n    ", PeriodsOf(column).Select(number =>
        $"CAST(COUNT(NULLIF({Columns[column].Name} & {Text(1L << (number - _first[column]))}, 0)) AS BIGINT) AS active_{Text(number)}")));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
