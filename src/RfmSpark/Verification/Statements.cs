namespace RfmSpark.Verification;

/// <summary>What holds of the tables of every finished run, whatever the orders and the configuration.</summary>
internal static class Statements
{
    // Shares are sums of doubles.
    private const string Near = "1e-9";

    internal static readonly IReadOnlyList<Statement> All =
    [
        new("customer_segments has one row per customer", [Tables.CustomerSegments],
            "SELECT CONCAT(customer_id, ' has ', COUNT(*)) AS found FROM customer_segments GROUP BY customer_id HAVING COUNT(*) > 1"),
        new("customer_segments has the customers and the revenue that runs counted", [Tables.CustomerSegments, Tables.Runs], $"""
            SELECT CONCAT('there are ', made.customers, CASE WHEN run.forgotten > 0 THEN CONCAT(' and ', run.forgotten, ' forgotten') ELSE '' END, ' of ', run.customers, ', with ', made.revenue, ' of ', run.revenue) AS found
            FROM (SELECT COUNT(*) AS customers, COALESCE(SUM(monetary), 0) AS revenue FROM customer_segments) AS made
            CROSS JOIN ({LastRun}) AS run
            WHERE made.customers + run.forgotten <> run.customers OR (run.forgotten = 0 AND made.revenue <> run.revenue)
            """),
        new("nobody's last order lies before the first one, or after as_of", [Tables.CustomerSegments],
            "SELECT CONCAT(customer_id, ': ', first_order, ' to ', last_order) AS found FROM customer_segments "
                + "WHERE last_order < first_order OR last_order > as_of OR recency_days < 0 OR frequency < 1"),
        new("segment_summary's shares of a scheme come to 1", [Tables.SegmentSummary],
            $"SELECT CONCAT(scheme, ' comes to ', SUM(share)) AS found FROM segment_summary GROUP BY scheme HAVING ABS(SUM(share) - 1) > {Near}"),
        new("segment_summary's schemes have every customer and all revenue", [Tables.SegmentSummary, Tables.Runs], $"""
            SELECT CONCAT(wanted.scheme, ' has ', COALESCE(told.customers, 0), ' with ', COALESCE(told.revenue, 0)) AS found
            FROM (VALUES ('rfm'), ('persona'), ('value_segment'), ('sub_segment')) AS wanted(scheme)
            LEFT JOIN (SELECT scheme, SUM(customers) AS customers, SUM(revenue) AS revenue FROM segment_summary GROUP BY scheme) AS told ON wanted.scheme = told.scheme
            WHERE COALESCE(told.customers, 0) <> (SELECT customers FROM ({LastRun}) AS run) OR COALESCE(told.revenue, 0) <> (SELECT revenue FROM ({LastRun}) AS run)
            """),
        new("segment_summary's segments are those of the customers", [Tables.SegmentSummary, Tables.CustomerSegments, Tables.Runs], $"""
            SELECT CONCAT(COALESCE(told.segment, made.segment), ': ', COALESCE(told.customers, 0), ' of ', COALESCE(made.customers, 0)) AS found
            FROM (SELECT segment, customers FROM segment_summary WHERE scheme = 'rfm') AS told
            FULL OUTER JOIN (SELECT segment, COUNT(*) AS customers FROM customer_segments GROUP BY segment) AS made ON told.segment = made.segment
            CROSS JOIN ({LastRun}) AS run
            WHERE COALESCE(told.customers, 0) < COALESCE(made.customers, 0) OR COALESCE(told.customers, 0) > COALESCE(made.customers, 0) + run.forgotten
            """),
        new("cluster_profile has every customer", [Tables.ClusterProfile, Tables.Runs],
            $"SELECT CONCAT('it has ', COALESCE(SUM(customers), 0)) AS found FROM cluster_profile HAVING COALESCE(SUM(customers), 0) <> (SELECT customers FROM ({LastRun}) AS run)"),
        new("each measure's bands have every customer", [Tables.ScoreBands, Tables.Runs], $"""
            SELECT CONCAT(wanted.scheme, ' of ', wanted.measure, ' have ', COALESCE(told.customers, 0)) AS found
            FROM (
                SELECT scheme, measure FROM (VALUES ('score'), ('quartile'), ('class')) AS schemes(scheme) CROSS JOIN (VALUES ('recency'), ('frequency'), ('monetary')) AS measures(measure)
            ) AS wanted
            LEFT JOIN (SELECT scheme, measure, SUM(customers) AS customers FROM score_bands GROUP BY scheme, measure) AS told ON wanted.scheme = told.scheme AND wanted.measure = told.measure
            WHERE COALESCE(told.customers, 0) <> (SELECT customers FROM ({LastRun}) AS run)
            """),
        new("a cohort's first period has all of it, and no period more", [Tables.CohortRetention],
            "SELECT CONCAT(cohort, ', period ', period, ': ', active, ' of ', customers) AS found FROM cohort_retention WHERE active > customers OR (period = 0 AND active <> customers)"),
        new("segment_migration comes to the customers of as_of", [Tables.SegmentMigration, Tables.SegmentSummary], """
            SELECT CONCAT(COALESCE(moved.scheme, told.scheme), ', ', COALESCE(moved.segment, told.segment), ': ', COALESCE(moved.customers, 0), ' of ', COALESCE(told.customers, 0)) AS found
            FROM (SELECT scheme, to_segment AS segment, SUM(customers) AS customers FROM segment_migration WHERE to_segment NOT IN ('(lost to view)', '(unknown)') GROUP BY scheme, to_segment) AS moved
            FULL OUTER JOIN (SELECT scheme, segment, customers FROM segment_summary WHERE scheme IN ('rfm', 'persona', 'value_segment', 'clv_tier')) AS told
                ON moved.scheme = told.scheme AND moved.segment = told.segment
            WHERE COALESCE(moved.customers, 0) <> COALESCE(told.customers, 0)
            """),
        new("segment_migration comes to the customers of from_as_of, as they were published", [Tables.SegmentMigration], $"""
            SELECT CONCAT(COALESCE(moved.scheme, told.scheme), ', ', COALESCE(moved.segment, told.segment), ': ', COALESCE(moved.customers, 0), ' of ', COALESCE(told.customers, 0)) AS found
            FROM (SELECT scheme, from_segment AS segment, SUM(customers) AS customers FROM segment_migration WHERE from_segment NOT IN ('(new)', '(unknown)') GROUP BY scheme, from_segment) AS moved
            FULL OUTER JOIN {TableVerification.SegmentsThen.Name} AS told ON moved.scheme = told.scheme AND moved.segment = told.segment
            WHERE (SELECT COUNT(*) FROM {TableVerification.SegmentsThen.Name}) > 0
                AND (COALESCE(moved.customers, 0) < COALESCE(told.customers, 0) - COALESCE(told.forgotten, 0) OR COALESCE(moved.customers, 0) > COALESCE(told.customers, 0))
            """),
        new("segment_migration and segment_metrics have the same customers of from_as_of", [Tables.SegmentMigration, Tables.SegmentMetrics], """
            SELECT CONCAT(COALESCE(moved.segment, told.segment), ': ', COALESCE(moved.customers, 0), ' and ', COALESCE(told.customers, 0)) AS found
            FROM (SELECT from_segment AS segment, SUM(customers) AS customers FROM segment_migration WHERE scheme = 'rfm' AND from_segment <> '(new)' GROUP BY from_segment) AS moved
            FULL OUTER JOIN (SELECT segment, customers FROM segment_metrics WHERE scheme = 'rfm' AND metric = 'order_frequency' AND segment IS NOT NULL) AS told ON moved.segment = told.segment
            WHERE COALESCE(moved.customers, 0) <> COALESCE(told.customers, 0)
            """),
        new("segment_migration's rates of where one came from come to 1", [Tables.SegmentMigration],
            $"SELECT CONCAT(scheme, ', ', cohort, ', ', from_segment, ' comes to ', SUM(rate)) AS found "
                + $"FROM segment_migration GROUP BY scheme, cohort, from_segment HAVING ABS(SUM(rate) - 1) > {Near}"),
        new("segment_changes are the customers who came into their segment on as_of", [Tables.SegmentChanges, Tables.CustomerSegments], """
            SELECT CONCAT(COALESCE(changed.customer_id, customer.customer_id), ': ', COALESCE(changed.to_segment, 'no change'), ', ', COALESCE(customer.segment, 'no customer')) AS found
            FROM segment_changes AS changed
            FULL OUTER JOIN (SELECT customer_id, segment, previous_segment FROM customer_segments WHERE segment_since = as_of) AS customer ON changed.customer_id = customer.customer_id
            WHERE changed.customer_id IS NULL OR customer.customer_id IS NULL OR changed.to_segment <> customer.segment OR changed.from_segment IS DISTINCT FROM customer.previous_segment
            """),
        new("the lines of orders_rejected are those that runs counted", [Tables.OrdersRejected, Tables.Runs], $"""
            SELECT CONCAT('they are ', lines, ' of ', run.rows_rejected) AS found
            FROM (SELECT COALESCE(SUM(lines), 0) AS lines FROM (SELECT reason, MAX(lines) AS lines FROM orders_rejected GROUP BY reason) AS reasons) AS told
            CROSS JOIN ({LastRun}) AS run
            WHERE told.lines > run.rows_rejected OR (told.lines < run.rows_rejected AND NOT run.is_amended)
            """),
        new("rows are kept or rejected", [Tables.Runs],
            $"SELECT CONCAT(rows_kept, ' + ', rows_rejected, ' of ', rows_in) AS found FROM ({LastRun}) AS run WHERE rows_kept + rows_rejected <> rows_in"),
        new("campaign_plan sends to no more than can be contacted, and says so", [Tables.CampaignPlan],
            "SELECT segment AS found FROM campaign_plan WHERE budgeted_contacts > contacts OR (decision = 'suppress' AND budgeted_contacts > 0)"),
        new("is_contacted is true of as many customers as campaign_plan pays for", [Tables.CampaignPlan, Tables.CustomerSegments, Tables.Runs], $"""
            SELECT CONCAT('it is of ', told.customers, ', of ', plan.contacts, ' paid for') AS found
            FROM (SELECT COUNT(*) AS customers FROM customer_segments WHERE is_contacted) AS told
            CROSS JOIN (SELECT COALESCE(SUM(budgeted_contacts), 0) AS contacts FROM campaign_plan) AS plan
            CROSS JOIN ({LastRun}) AS run
            WHERE told.customers > plan.contacts OR told.customers + run.forgotten < plan.contacts
            """),
    ];

    // Of the runs of the day. Of customers who were forgotten since, their number is known, but not their money, nor whether the records that named them were the only ones of their reason.
    private const string LastRun = "SELECT customers, revenue, rows_in, rows_kept, rows_rejected, COALESCE(forgotten, 0) AS forgotten, forgotten IS NOT NULL AS is_amended "
        + "FROM runs ORDER BY run DESC NULLS LAST LIMIT 1";
}
