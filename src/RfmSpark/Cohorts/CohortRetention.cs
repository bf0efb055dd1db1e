using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Cohorts;

/// <summary>How many of the customers who began together still buy, and what they have brought: counted on the engine, laid out by period here.</summary>
public static class CohortRetention
{
    /// <summary>
    /// Keeps <c>cohort_retention</c>: of each cohort, all together and by segment, every period that is over, those in which nobody bought included.
    /// </summary>
    public static void Make(IEngine engine, CohortPeriod period, DateOnly asOf)
    {
        var name = SettingName.Of(period);
        var sizes = engine.Read(Sql.Of("cohort_sizes").With("period", name), row => new Size(row.Date(0), row.Text(1)!, row.Long(2)));
        var activity = engine.Read(Sql.Of("cohort_activity").With("period", name).With("as_of", asOf), row => new Activity(row.Date(0), row.Text(1)!, row.Date(2), row.Long(3), row.Decimal(4)));
        engine.Put(Tables.CohortRetention, Rows(period, sizes, activity, asOf), (cell, row) =>
        {
            row.Date(asOf);
            row.Date(cell.Cohort);
            row.Text(cell.Segment);
            row.Long(cell.Period);
            row.Long(cell.Customers);
            row.Long(cell.Active);
            row.Double((double)cell.Active / cell.Customers);
            row.Decimal(cell.Revenue);
            row.Decimal(cell.RevenueSoFar / cell.Customers);
        });
    }

    private static IEnumerable<Cell> Rows(CohortPeriod period, IReadOnlyList<Size> sizes, IReadOnlyList<Activity> activity, DateOnly asOf)
    {
        // A segment of null is all of them.
        var groups = sizes.GroupBy(s => s.Cohort).Select(g => new Size(g.Key, null, g.Sum(s => s.Customers))).Concat(sizes).OrderBy(s => s.Cohort).ThenBy(s => s.Segment, StringComparer.Ordinal);
        var done = activity.ToLookup(a => (a.Cohort, (string?)a.Segment));
        var doneByAll = activity.ToLookup(a => a.Cohort);
        foreach (var group in groups)
        {
            var periods = (group.Segment is null ? doneByAll[group.Cohort] : done[(group.Cohort, group.Segment)]).ToLookup(a => CohortPeriods.Between(period, group.Cohort, a.PeriodStart));
            var soFar = 0m;
            for (var i = 0; i < CohortPeriods.Over(period, group.Cohort, asOf); i++)
            {
                var revenue = periods[i].Sum(a => a.Revenue);
                soFar += revenue;
                yield return new Cell(group.Cohort, group.Segment, i, group.Customers, periods[i].Sum(a => a.Active), revenue, soFar);
            }
        }
    }

    private sealed record Size(DateOnly Cohort, string? Segment, long Customers);

    private sealed record Activity(DateOnly Cohort, string Segment, DateOnly PeriodStart, long Active, decimal Revenue);

    private sealed record Cell(DateOnly Cohort, string? Segment, int Period, long Customers, long Active, decimal Revenue, decimal RevenueSoFar);
}
