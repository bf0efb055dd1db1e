#:project ../src/RfmSpark.DuckDb/RfmSpark.DuckDb.csproj
#:package Spectre.Console
#:property AssemblyName=MigrationAndClv
// Ten questions about migration and customer lifetime value, as in migration_and_clv.ipynb, on the terminal: dotnet run notebooks/migration_and_clv.cs [OUT]
return Answers.From(args, answers =>
{
    answers.Show("SELECT as_of, customers, revenue, engine FROM runs", "as of", "customers|N0", "revenue|N2", "engine");

    answers.Ask("1. Who moved where?", "Each row is a segment of the day compared with, and tells where its customers are now; an empty cell is nobody.");
    answers.Show("SELECT DISTINCT from_as_of, snapshot FROM segment_migration", "compared with", "which is");
    answers.Matrix("of the row", "P0", """
        SELECT moved.from_segment, moved.to_segment, SUM(moved.customers) / SUM(SUM(moved.customers)) OVER (PARTITION BY moved.from_segment),
               COALESCE(-MAX(whence.monetary_mean), 1), COALESCE(-MAX(whither.monetary_mean), 1)
        FROM segment_migration AS moved
        LEFT JOIN segment_summary AS whence ON whence.scheme = 'rfm' AND whence.segment = moved.from_segment
        LEFT JOIN segment_summary AS whither ON whither.scheme = 'rfm' AND whither.segment = moved.to_segment
        WHERE moved.scheme = 'rfm' GROUP BY moved.from_segment, moved.to_segment
        """);

    answers.Ask("2. Which moves are the largest?", "Moves into segments that buy less are the ones to ask about. Those out of (new) are first purchases.");
    answers.Show("""
        SELECT from_segment, to_segment, CAST(SUM(customers) AS BIGINT) AS moved, moved, SUM(revenue)
        FROM segment_migration WHERE scheme = 'rfm' AND from_segment <> to_segment GROUP BY from_segment, to_segment ORDER BY moved DESC, from_segment, to_segment LIMIT 12
        """, "from", "to", "customers|N0", "|bar", "revenue|N2");

    answers.Ask("3. Do the good customers stay, and do others come back?", "Churn is of the legend's good segments: the share now at risk or lost to view. Reactivation is of those at risk: the share that has ordered since.");
    answers.Show("""
        SELECT COALESCE(segment, 'all customers'), MAX(customers) AS customers,
               MAX(CASE metric WHEN 'churn' THEN value END), MAX(CASE metric WHEN 'reactivation_rate' THEN value END), MAX(CASE metric WHEN 'repeat_purchase_rate' THEN value END),
               MAX(CASE metric WHEN 'order_frequency' THEN value END), MAX(CASE metric WHEN 'average_order_value' THEN value END), MAX(CASE metric WHEN 'clv_growth' THEN value END)
        FROM segment_metrics WHERE scheme = 'rfm' GROUP BY segment ORDER BY segment IS NOT NULL, customers DESC
        """, "segment", "customers|N0", "churn|P1", "reactivated|P1", "ordered|P1", "orders each|N2", "order value|N2", "growth of CLV|P1");

    answers.Ask("4. Which good customers begin to stay away?", "The early warnings of the run: from a good segment to one at risk, the most valuable first.");
    answers.Show("SELECT from_segment, to_segment, COUNT(*) AS customers, SUM(clv_12m), SUM(revenue_at_risk) FROM segment_changes WHERE is_warning GROUP BY from_segment, to_segment ORDER BY customers DESC",
        "from", "to", "customers|N0", "CLV of 12 months|N2", "revenue at risk|N2");
    answers.Show("SELECT customer_id, from_segment, to_segment, clv_12m, revenue_at_risk FROM segment_changes WHERE is_warning ORDER BY clv_12m DESC, customer_id LIMIT 10",
        "customer", "from", "to", "CLV of 12 months|N2", "revenue at risk|N2");

    answers.Ask("5. How long do customers who began together go on?", "The share of a cohort that buys in each period since its first, then what a customer of it has brought up to there. A row is a cohort that ages; a diagonal that stands out is a season.");
    foreach (var (corner, format, value) in (ReadOnlySpan<(string, string, string)>)[("still buy", "P0", "retention"), ("brought", "N0", "revenue_per_customer")])
    {
        answers.Matrix(corner, format, $"""
            SELECT cohort, period, {value}, cohort - DATE '1970-01-01', period
            FROM cohort_retention WHERE segment IS NULL AND period BETWEEN 1 AND 17 AND cohort IN (SELECT DISTINCT cohort FROM cohort_retention ORDER BY cohort DESC LIMIT 18)
            """);
    }

    answers.Ask("6. What is each segment worth in the next twelve months?", "Totals lie between low and high in 95 cases of 100. What one customer is worth is what a contact may cost at most.");
    answers.Show("SELECT segment, customers, clv_3m, clv_12m, clv_12m_total_low, clv_12m_total_high, clv_12m, clv_12m / customers FROM segment_summary WHERE scheme = 'rfm' ORDER BY clv_12m DESC, segment",
        "segment", "customers|N0", "CLV of 3 months|N2", "of 12 months|N2", "low|N2", "high|N2", "|bar", "each|N2");

    answers.Ask("7. On how few customers does the business rest?", "Gini is 0 where all bring the same, and 1 where one brings all.");
    answers.Show("""
        WITH amounts AS (
            SELECT 1 AS place, 'spent so far' AS measure, CAST(GREATEST(monetary, 0) AS DOUBLE) AS money FROM customer_segments
            UNION ALL
            SELECT 2, 'CLV of 12 months', CAST(clv_12m AS DOUBLE) FROM customer_segments WHERE clv_12m IS NOT NULL
        ),
        ranked AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY measure ORDER BY money) AS poorer, COUNT(*) OVER (PARTITION BY measure) AS customers FROM amounts)
        SELECT measure, 2 * SUM(poorer * money) / (MAX(customers) * SUM(money)) - (MAX(customers) + 1) / MAX(customers),
               SUM(CASE WHEN poorer > 0.99 * customers THEN money END) / SUM(money), SUM(CASE WHEN poorer > 0.9 * customers THEN money END) / SUM(money),
               SUM(CASE WHEN poorer > 0.8 * customers THEN money END) / SUM(money), SUM(CASE WHEN poorer > 0.5 * customers THEN money END) / SUM(money)
        FROM ranked GROUP BY measure HAVING SUM(money) > 0 ORDER BY MIN(place)
        """, "money", "Gini|N2", "of the best 1 %|P1", "10 %|P1", "20 %|P1", "50 %|P1");
    answers.Show("SELECT segment, customers, share, revenue_share, clv_12m, clv_12m / SUM(clv_12m) OVER () FROM segment_summary WHERE scheme = 'clv_tier' ORDER BY clv_12m / customers DESC",
        "tier", "customers|N0", "of all|P1", "of all revenue|P1", "CLV of 12 months|N2", "of all|P1");

    answers.Ask("8. Who is still a customer?", "Customers by P(alive), the chance that one has not left. No rows where the orders hold no sign of customers leaving.");
    answers.Show("""
        SELECT CONCAT(FORMAT('{:.1f}', bin / 10), ' to ', FORMAT('{:.1f}', (bin + 1) / 10)), COUNT(*) AS customers, customers, SUM(CASE WHEN frequency = 1 THEN 1 ELSE 0 END)
        FROM (SELECT LEAST(FLOOR(p_alive * 10), 9) AS bin, frequency FROM customer_segments WHERE p_alive IS NOT NULL) GROUP BY bin ORDER BY bin
        """, "P(alive)", "customers|N0", "|bar", "with one order|N0");

    answers.Ask("9. Would the models have foretold the weeks that we have seen?", "They were fitted without the last weeks. An error that grows with the weeks is a trend or a season; one in a group alone, a model that does not suit it. The last week ends on the day looked from.");
    answers.Show("SELECT model, aic, held_out_error, has_converged, is_chosen, note FROM clv_model ORDER BY model = 'Gamma-Gamma', aic", "model", "AIC|N0", "error held out|P1", "converged", "taken", "note");
    foreach (var (heading, view) in (ReadOnlySpan<(string, string)>)[("repeats before", "purchases_by_repeats"), ("week held out", "purchases_by_week")])
    {
        answers.Show($"""
            SELECT bin, actual, predicted, CASE WHEN actual > 0 THEN predicted / actual - 1 END, actual
            FROM clv_validation WHERE view = '{view}' AND model IN (SELECT model FROM clv_model WHERE is_chosen) ORDER BY bin
            """, heading + "|N0", "purchase days came|N0", "foretold|N0", "error|P1", "|bar");
    }

    answers.Ask("10. Where is the revenue at risk, and which campaigns pay?", "Whom to win back first, by persona and tier. A campaign pays where the uplift expected is above the one needed; both come from the campaigns file.");
    answers.Matrix("at risk", "N0", """
        SELECT parts.segment, parts.part, parts.revenue_at_risk, -persona.monetary_mean, -tier.clv_12m / tier.customers
        FROM segment_summary AS parts
        JOIN segment_summary AS persona ON persona.scheme = 'persona' AND persona.segment = parts.segment
        JOIN segment_summary AS tier ON tier.scheme = 'clv_tier' AND tier.segment = parts.part
        WHERE parts.scheme = 'persona_clv_tier'
        """);
    answers.Show("SELECT segment, contacts, cost, expected_conversions, expected_revenue, roi, uplift, break_even_conversion, decision, budgeted_contacts FROM campaign_plan ORDER BY roi DESC, segment",
        "segment", "contacts|N0", "cost|N2", "orders expected|N0", "revenue expected|N2", "ROI|P0", "uplift|P1", "needed|P1", "decision", "the budget pays for|N0");
});
