using RfmSpark.Engine;

namespace RfmSpark.Experiments;

/// <summary>The tables between customers and the tests, and what the tests say.</summary>
public static class ExperimentTables
{
    /// <summary>Which ranks of each segment are in which arm.</summary>
    internal static readonly Table Arms = new("experiment_arms", "one row per segment and arm", [],
    [
        Tables.Experiments["segment"],
        Tables.Experiments["arm"],
        Tables.Experiments["share"],
        new("first_place", ColumnType.Long, "first rank of the arm, from 1"),
        new("last_place", ColumnType.Long, "last rank of it"),
    ]);

    /// <summary>What each customer of the experiment did.</summary>
    internal static readonly Table Customers = new("experiment_customers", "one row per customer of the experiment", [],
    [
        Tables.Experiments["segment"],
        Tables.Experiments["arm"],
        new("has_orders", ColumnType.Int, "1 with a line up to the last day"),
        new("converted", ColumnType.Int, "1 with a purchase day in the time that is measured"),
        new("revenue", ColumnType.Decimal(18, 6), "net spend in that time"),
        new("revenue_before", ColumnType.Decimal(18, 6), "net spend before it, up to the day as of which the customer was assigned"),
    ]);

    /// <summary>The outcomes, one below the other.</summary>
    internal static readonly Table Outcomes = new("experiment_outcomes", "one row per customer and outcome", [],
    [
        Tables.Experiments["segment"],
        Tables.Experiments["arm"],
        new("outcome", ColumnType.Text, "the outcome's name"),
        new("value", ColumnType.Decimal(18, 6), "what it was"),
        new("value_before", ColumnType.Decimal(18, 6), "what is known of the customer from before the start"),
    ]);

    /// <summary>What <c>experiment measure</c> prints.</summary>
    public static readonly Table Results = new("experiment_results", "one row per outcome, segment and arm beside the control", [],
    [
        new("outcome", ColumnType.Text, "conversion (customers with a purchase day), revenue (net, a customer), or a column of the file"),
        new("segment", ColumnType.Text, "NULL for all together"),
        Tables.Experiments["arm"],
        new("customers", ColumnType.Long, "customers of the arm"),
        new("control_customers", ColumnType.Long, "customers of the control"),
        new("mean", ColumnType.Double, "mean of the outcome in the arm; the share of customers if it is a yes or a no"),
        new("control_mean", ColumnType.Double, "mean in the control"),
        new("uplift", ColumnType.Double, "mean - control_mean"),
        new("uplift_low", ColumnType.Double, "lower end of its 95 % interval; NULL, as the test and CUPED, of a mean of what fewer than 30 customers of a group have, and less than half of it"),
        new("uplift_high", ColumnType.Double, "upper end"),
        new("relative_uplift", ColumnType.Double, "uplift / control_mean; NULL unless that is above 0"),
        new("total_uplift", ColumnType.Double, "uplift × customers of the arm"),
        new("test", ColumnType.Text, "z of two proportions, or Welch's t of two means"),
        new("statistic", ColumnType.Double, "z or t"),
        new("p", ColumnType.Double, "two-sided, 0 to 1"),
        new("p_holm", ColumnType.Double, "corrected for the arms of the outcome; in rows of a segment, for all arms and segments of it"),
        new("cuped_uplift", ColumnType.Double, "uplift freed of what was known of the customers before (CUPED); NULL, as all that follows of it, if nothing was"),
        new("cuped_low", ColumnType.Double, "lower end of its 95 % interval"),
        new("cuped_high", ColumnType.Double, "upper end"),
        new("cuped_p", ColumnType.Double, "two-sided, 0 to 1"),
        new("variance_reduction", ColumnType.Double, "ρ², the squared correlation with what was known before, within the two groups: "
            + "the share of the variance that CUPED takes away where both are alike; 0 to 1"),
        new("ratio_p", ColumnType.Double, "chance of arms as far from their shares, 0 to 1: below 0.0005 customers are missing or double, and no uplift can be believed"),
    ]);
}
