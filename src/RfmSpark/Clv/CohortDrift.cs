using System.Globalization;

namespace RfmSpark.Clv;

/// <summary>
/// Whether customers who began early and late buy alike. Models take them to: one distribution of rates for all. Where a shop grows or changes, those of one time buy more than those of
/// another, and what is expected of the latest customers rests on others.
/// </summary>
internal static class CohortDrift
{
    private const int Cohorts = 4;
    private const double Clear = 0.15;
    private const double LeastZ = 4;
    private const double FewPurchases = 10;

    /// <summary>
    /// Says which quarter of the customers, by the day on which they began (those of one day stay together), bought clearly more or less often than the model expects of a
    /// customer as old; null if neither the first nor the last did.
    /// </summary>
    internal static string? Of(PurchaseModel model, PatternCounts counts)
    {
        var all = counts.Patterns.Sum(p => (double)p.Customers);
        var days = counts.Patterns.GroupBy(p => p.Days).OrderByDescending(g => g.Key).ToList();
        var quarters = new (double Customers, double Bought, double Expected, double Squares)[Cohorts];
        var before = 0.0;
        foreach (var day in days)
        {
            var quarter = (int)Math.Min(Cohorts - 1, before / all * Cohorts);
            var expected = model.Expected(default, day.First().InWeeks().Weeks);
            foreach (var pattern in day)
            {
                quarters[quarter].Bought += pattern.Customers * (double)pattern.Repeats;
                quarters[quarter].Expected += pattern.Customers * expected;
                quarters[quarter].Squares += pattern.Customers * (pattern.Repeats - expected) * (pattern.Repeats - expected);
                quarters[quarter].Customers += pattern.Customers;
                before += pattern.Customers;
            }
        }
        var faults = new[] { ("first", quarters[0]), ("last", quarters[^1]) }.Where(q => IsClear(q.Item2)).Select(q => string.Create(CultureInfo.InvariantCulture,
            $"the {q.Item1} {100 * q.Item2.Customers / all:0} % of the customers, by when they began, "
                + $"bought {q.Item2.Bought / q.Item2.Expected:0.00} times as often as a model for all expects")).ToList();
        return faults.Count == 0 ? null : string.Join(", ", faults) + ": customers of different times differ, or began before the orders do";
    }

    private static bool IsClear((double Customers, double Bought, double Expected, double Squares) quarter) => quarter.Bought + quarter.Expected > FewPurchases
        && Math.Abs(quarter.Bought - quarter.Expected) > Math.Max(Clear * quarter.Expected, LeastZ * Math.Sqrt(quarter.Squares));
}
