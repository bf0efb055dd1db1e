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
        var firstPeriod = CalendarPeriods.Number(bits.Period, "customer.first_order");
        var (groups, active) = ReadActive(engine, bits, firstPeriod);
        var revenue = engine.Read(Sql.Of("cohort_revenue").With("first_period", firstPeriod).With("period", CalendarPeriods.Number(bits.Period, "order_date")).With("as_of", asOf),
            row => (Group: new Group((int)row.Long(0), row.Text(1)!), Period: (int)row.Long(2), Revenue: row.Decimal(3))).ToDictionary(r => (r.Group, r.Period), r => r.Revenue);

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

    // The customers of each group, and how many of them bought in each period.
    private static (Dictionary<Group, long> Groups, Dictionary<(Group, int), long> Active) ReadActive(IEngine engine, PeriodBits bits, SqlExpression firstPeriod)
    {
        var groups = new Dictionary<Group, long>();
        var active = new Dictionary<(Group, int), long>();
        for (var column = 0; column < bits.Columns.Count; column++)
        {
            var periods = bits.PeriodsOf(column).ToList();
            var select = Sql.Of("cohort_active").With("first_period", firstPeriod).With("active", bits.Active(column));
            foreach (var (group, customers, counts) in engine.Read(select, row =>
                (new Group((int)row.Long(0), row.Text(1)!), row.Long(2), periods.Index().Select(p => row.Long(p.Index + 3)).ToList())))
            {
                groups[group] = customers;
                foreach (var (i, number) in periods.Index()) active[(group, number)] = counts[i];
            }
        }
        return (groups, active);
    }

    private static IEnumerable<Cell> Rows(CohortPeriod period, Dictionary<Group, long> groups, Dictionary<(Group, int), long> active, Dictionary<(Group, int), decimal> revenue, DateOnly asOf)
    {
        foreach (var cohort in groups.Keys.GroupBy(g => g.Cohort).OrderBy(c => c.Key))
        {
            var (start, over) = (CalendarPeriods.Start(period, cohort.Key), CalendarPeriods.Over(period, cohort.Key, asOf));
            // All of them, then each segment.
            foreach (var (segment, members) in cohort.GroupBy(g => (string?)g.Segment).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.ToList())).Prepend((null, cohort.ToList())))
            {
                var customers = members.Sum(g => groups[g]);
                var soFar = 0m;
                for (var i = 0; i < over; i++)
                {
                    var at = cohort.Key + i;
                    var brought = members.Sum(g => revenue.GetValueOrDefault((g, at)));
                    soFar += brought;
                    yield return new Cell(start, segment, i, customers, members.Sum(g => active.GetValueOrDefault((g, at))), brought, soFar);
                }
            }
        }
    }

    // Those who began in one period and are of one segment; the cohort is a period's number.
    private sealed record Group(int Cohort, string Segment);

    private sealed record Cell(DateOnly Cohort, string? Segment, int Period, long Customers, long Active, decimal Revenue, decimal RevenueSoFar);
}
