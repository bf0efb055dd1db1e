using RfmSpark.Engine;
using RfmSpark.Periods;
using RfmSpark.Settings;

namespace RfmSpark.Cohorts;

/// <summary>How many of the customers who began together still buy, and what they have brought: counted on the engine, laid out by period here.</summary>
public static class CohortRetention
{
    /// <summary>
    /// Keeps <c>cohort_retention</c>: of each cohort, all together and by segment, every period that is over, those in which nobody bought included. <c>customer_sums</c> must have been told with
    /// <paramref name="bits"/>.
    /// </summary>
    public static void Make(IEngine engine, PeriodBits bits, DateOnly asOf)
    {
        var firstPeriod = CalendarPeriods.Number(bits.Period, "first_order");
        var groups = engine.Read(Sql.Of("cohort_sizes").With("first_period", firstPeriod), row => new Group((int)row.Long(0), row.Text(1)!, row.Long(2)));
        engine.Put(CohortTables.CohortGroups, groups.Index(), (group, row) =>
        {
            row.Long(group.Item.Cohort);
            row.Text(group.Item.Segment);
            row.Long(group.Index);
        });
        engine.Create(CohortTables.CohortMembers, Sql.Of("cohort_members").With("first_period", firstPeriod));
        var revenue = engine.Read(Sql.Of("cohort_revenue").With("period", CalendarPeriods.Number(bits.Period, "order_date")).With("as_of", asOf), row => (Group: (int)row.Long(0), Period: (int)row.Long(1), Revenue: row.Decimal(2))).ToDictionary(r => (r.Group, r.Period), r => r.Revenue);
        var active = ReadActive(engine, bits);
        engine.Drop(CohortTables.CohortMembers);
        engine.Drop(CohortTables.CohortGroups);

        engine.Put(Tables.CohortRetention, Rows(bits.Period, groups, active, revenue, asOf), (cell, row) =>
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

    private static Dictionary<(int Group, int Period), long> ReadActive(IEngine engine, PeriodBits bits)
    {
        var active = new Dictionary<(int, int), long>();
        for (var column = 0; column < bits.Columns.Count; column++)
        {
            var periods = bits.PeriodsOf(column).ToList();
            foreach (var (group, counts) in engine.Read(Sql.Of("cohort_active").With("active", bits.Active(column)), row => ((int)row.Long(0), periods.Index().Select(p => row.Long(p.Index + 1)).ToList())))
                foreach (var (i, number) in periods.Index()) active[(group, number)] = counts[i];
        }
        return active;
    }

    private static IEnumerable<Cell> Rows(CohortPeriod period, IReadOnlyList<Group> groups, Dictionary<(int Group, int Period), long> active, Dictionary<(int Group, int Period), decimal> revenue, DateOnly asOf)
    {
        var cohorts = groups.Index().GroupBy(g => g.Item.Cohort, g => (Number: g.Index, g.Item.Segment, g.Item.Customers)).OrderBy(c => c.Key);
        foreach (var cohort in cohorts)
        {
            var (start, over) = (CalendarPeriods.Start(period, cohort.Key), CalendarPeriods.Over(period, cohort.Key, asOf));
            // All of them, then each segment.
            foreach (var (segment, members) in cohort.GroupBy(g => (string?)g.Segment).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.ToList())).Prepend((null, cohort.ToList())))
            {
                var customers = members.Sum(g => g.Customers);
                var soFar = 0m;
                for (var i = 0; i < over; i++)
                {
                    var at = cohort.Key + i;
                    var brought = members.Sum(g => revenue.GetValueOrDefault((g.Number, at)));
                    soFar += brought;
                    yield return new Cell(start, segment, i, customers, members.Sum(g => active.GetValueOrDefault((g.Number, at))), brought, soFar);
                }
            }
        }
    }

    // Those who began in one period and are of one segment; the cohort is a period's number.
    private sealed record Group(int Cohort, string Segment, long Customers);

    private sealed record Cell(DateOnly Cohort, string? Segment, int Period, long Customers, long Active, decimal Revenue, decimal RevenueSoFar);
}
