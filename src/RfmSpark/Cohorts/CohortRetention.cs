using RfmSpark.Engine;
using RfmSpark.Settings;

namespace RfmSpark.Cohorts;

/// <summary>How many of the customers who began together still buy, and what they have brought: counted on the engine, laid out by period here.</summary>
public static class CohortRetention
{
    /// <summary>
    /// Keeps <c>cohort_retention</c>: of each cohort, all together and by segment, every period that is over, those in which nobody bought included. <paramref name="days"/> are those with an order.
    /// </summary>
    public static void Make(IEngine engine, CohortPeriod period, IEnumerable<DateOnly> days, DateOnly asOf)
    {
        var calendar = CohortCalendar.Of(period, days.Where(day => day <= asOf));
        calendar.Put(engine);
        var groups = engine.Read(Sql.Of("cohort_sizes"), row => new Group((int)row.Long(0), row.Text(1)!, row.Long(2)));
        engine.Put(CohortTables.CohortGroups, groups.Index(), (group, row) =>
        {
            row.Long(group.Item.Cohort);
            row.Text(group.Item.Segment);
            row.Long(group.Index);
        });
        engine.Create(CohortTables.CohortMembers, Sql.Of("cohort_members"));
        var revenue = engine.Read(Sql.Of("cohort_revenue"), row => (Group: (int)row.Long(0), Period: (int)row.Long(1), Revenue: row.Decimal(2))).ToDictionary(r => (r.Group, r.Period), r => r.Revenue);
        var active = ReadActive(engine, calendar);
        foreach (var table in new[] { CohortTables.CohortMembers, CohortTables.CohortGroups, CohortTables.CohortDays(calendar.Words) }) engine.Drop(table);

        engine.Put(Tables.CohortRetention, Rows(period, calendar, groups, active, revenue, asOf), (cell, row) =>
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

    private static Dictionary<(int Group, int Period), long> ReadActive(IEngine engine, CohortCalendar calendar)
    {
        var table = CohortTables.ActivePeriods(calendar.Words);
        engine.Create(table, Sql.Of("active_periods").With("bits", calendar.Columns()).With("together", calendar.Together()));
        var active = new Dictionary<(int, int), long>();
        for (var word = 0; word < calendar.Words; word++)
        {
            var periods = calendar.PeriodsOf(word).ToList();
            foreach (var (group, counts) in engine.Read(Sql.Of("cohort_active").With("active", calendar.Active(word)), row => ((int)row.Long(0), periods.Index().Select(p => row.Long(p.Index + 1)).ToList())))
                foreach (var (i, period) in periods.Index()) active[(group, period)] = counts[i];
        }
        engine.Drop(table);
        return active;
    }

    private static IEnumerable<Cell> Rows(CohortPeriod period, CohortCalendar calendar, IReadOnlyList<Group> groups, Dictionary<(int Group, int Period), long> active, Dictionary<(int Group, int Period), decimal> revenue, DateOnly asOf)
    {
        var cohorts = groups.Index().GroupBy(g => g.Item.Cohort, g => (Number: g.Index, g.Item.Segment, g.Item.Customers)).OrderBy(c => c.Key);
        foreach (var cohort in cohorts)
        {
            var start = calendar.Periods[cohort.Key];
            var numbers = calendar.Periods.Index().Skip(cohort.Key).ToDictionary(p => CohortPeriods.Between(period, start, p.Item), p => p.Index);
            // All of them, then each segment.
            foreach (var (segment, members) in cohort.GroupBy(g => (string?)g.Segment).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.ToList())).Prepend((null, cohort.ToList())))
            {
                var customers = members.Sum(g => g.Customers);
                var soFar = 0m;
                for (var i = 0; i < CohortPeriods.Over(period, start, asOf); i++)
                {
                    // Periods in which nobody ordered have no number.
                    var number = numbers.GetValueOrDefault(i, -1);
                    var brought = members.Sum(g => revenue.GetValueOrDefault((g.Number, number)));
                    soFar += brought;
                    yield return new Cell(start, segment, i, customers, members.Sum(g => active.GetValueOrDefault((g.Number, number))), brought, soFar);
                }
            }
        }
    }

    // Those who began in one period and are of one segment; the cohort is the period's number.
    private sealed record Group(int Cohort, string Segment, long Customers);

    private sealed record Cell(DateOnly Cohort, string? Segment, int Period, long Customers, long Active, decimal Revenue, decimal RevenueSoFar);
}
