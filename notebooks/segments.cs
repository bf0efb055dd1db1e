#:project ../src/RfmSpark.DuckDb/RfmSpark.DuckDb.csproj
#:package Spectre.Console
// A new analyst's first ten questions, as in segments.ipynb, on the terminal: dotnet run notebooks/segments.cs [OUT]
return Answers.From(args, answers =>
{
    answers.Show("SELECT as_of, customers, revenue, engine FROM runs", "as of", "customers|N0", "revenue|N2", "engine");

    answers.Ask("1. How many customers has each segment, and how much of the revenue?", "Where the share of revenue is above that of customers, a segment brings more than its share of heads.");
    answers.Show("SELECT segment, customers, share, revenue, revenue_share, revenue_share, clv_12m FROM segment_summary WHERE scheme = 'rfm' ORDER BY revenue DESC",
        "segment", "customers|N0", "of all|P1", "revenue|N2", "of all|P1", "|bar", "CLV of 12 months|N2");

    answers.Ask("2. What does a score mean?", "From where to where each reaches; the highest is for the most recent, the most frequent and the greatest spenders. Equal customers are never parted.");
    answers.Show("""
        SELECT measure, score, least, greatest, CASE measure WHEN 'recency' THEN 'days' WHEN 'frequency' THEN 'orders' ELSE 'money' END AS unit, customers
        FROM score_bands WHERE scheme = 'score' ORDER BY CASE measure WHEN 'recency' THEN 1 WHEN 'frequency' THEN 2 ELSE 3 END, score DESC
        """, "measure", "score|N0", "least|#,0.##", "greatest|#,0.##", "unit", "customers|N0");

    answers.Ask("3. Where do the customers lie in the grid of recency and frequency?", "How many are in each cell, and what they have spent on average. The best are at the upper right, those long gone at the left.");
    answers.Matrix("customers", "N0", "SELECT CONCAT('f ', f), CONCAT('r ', r), COUNT(*), -f, r FROM customer_segments GROUP BY f, r");
    answers.Matrix("money each", "N0", "SELECT CONCAT('f ', f), CONCAT('r ', r), AVG(monetary), -f, r FROM customer_segments GROUP BY f, r");

    answers.Ask("4. Who are the best customers?", "First those of the greatest CLV of 12 months; what one of them really brings lies between low and high in nine cases of ten.");
    answers.Show("""
        SELECT customer_id, segment, recency_days, frequency, monetary, p_alive, clv_12m, clv_12m_low, clv_12m_high, action
        FROM customer_segments ORDER BY clv_12m DESC, monetary DESC, customer_id LIMIT 10
        """, "customer", "segment", "days since|N0", "orders|N0", "spent|N2", "P(alive)|N2", "CLV|N2", "low|N2", "high|N2", "action");

    answers.Ask("5. Who is at risk, and how much revenue is with them?", "What customers spent in the last year, weighted with the chance that they have left. Empty where the orders hold no sign of customers leaving.");
    answers.Show("SELECT segment, customers, 1 - p_alive, revenue_at_risk, revenue_at_risk FROM segment_summary WHERE scheme = 'rfm' ORDER BY revenue_at_risk DESC, segment",
        "segment", "customers|N0", "have left|P1", "revenue at risk|N2", "|bar");
    answers.Show("SELECT customer_id, segment, last_order, frequency, monetary, p_alive, revenue_at_risk, action FROM customer_segments WHERE revenue_at_risk > 0 ORDER BY revenue_at_risk DESC, customer_id LIMIT 5",
        "customer", "segment", "last order", "orders|N0", "spent|N2", "P(alive)|N2", "revenue at risk|N2", "action");

    answers.Ask("6. Do the segments differ in how their customers buy?", "Segments that are alike in both may be treated alike.");
    answers.Show("SELECT segment, avg_order_value, avg_order_value, repeat_rate, repeat_rate FROM segment_summary WHERE scheme = 'rfm' ORDER BY monetary_mean DESC",
        "segment", "order value|N2", "|bar", "more than one order|P1", "|bar");

    answers.Ask("7. What do the personas look like, and do they agree with the segments?", "Personas are clusters with a name, found from the customers. A row with one large share is a persona that the legend knows too.");
    answers.Show("SELECT persona, description, customers, share, recency_median, frequency_median, monetary_median, revenue_share FROM cluster_profile ORDER BY cluster",
        "persona", "its customers", "customers|N0", "of all|P1", "days|N0", "orders|N0", "money|N2", "of all revenue|P1");
    answers.Matrix("of the persona", "P0", """
        SELECT customer.persona, customer.segment, COUNT(*) / SUM(COUNT(*)) OVER (PARTITION BY customer.cluster), customer.cluster, -MAX(told.monetary_mean)
        FROM customer_segments AS customer JOIN segment_summary AS told ON told.scheme = 'rfm' AND told.segment = customer.segment
        GROUP BY customer.cluster, customer.persona, customer.segment
        """);

    answers.Ask("8. Can the clusters be trusted?", "The number taken should stand out in silhouette and gap, and resampled customers should fall into the same clusters (stability from 0.75). Customers below 0 are nearer to another cluster.");
    answers.Show("SELECT k, silhouette, gap, gap_standard_error, stability, rules, is_chosen, note FROM cluster_choice ORDER BY k",
        "clusters|N0", "silhouette|N3", "gap|N3", "± |N3", "stability|N3", "rules for it", "taken", "note");
    answers.Show("""
        SELECT profile.persona, profile.silhouette, profile.stability, profile.stability_bound, misfits.share, profile.outliers
        FROM cluster_profile AS profile
        JOIN (SELECT cluster, AVG(CASE WHEN silhouette < 0 THEN 1 ELSE 0 END) AS share FROM customer_segments GROUP BY cluster) AS misfits ON misfits.cluster = profile.cluster
        ORDER BY profile.cluster
        """, "persona", "silhouette|N3", "stability|N3", "it is", "below 0|P1", "outliers|N0");

    answers.Ask("9. Which orders were rejected, and why?", "All rows that came in are kept or rejected. A reason with many rows is a question to whoever delivers the orders.");
    answers.Show("SELECT rows_in, rows_kept, rows_rejected, rows_repeated FROM runs", "rows in|N0", "kept|N0", "rejected|N0", "kept though repeated|N0");
    answers.Show("SELECT reason, MAX(lines) AS rows, MAX(CASE WHEN sample = 1 THEN LEFT(content, 80) END) FROM orders_rejected GROUP BY reason ORDER BY rows DESC, reason",
        "reason", "rows|N0", "one of them");

    answers.Ask("10. How does an earlier day differ?", "The days published here, and how the segments have grown since the day compared with, which is one of them, or computed from the orders.");
    answers.Show("SELECT as_of, customers, revenue, engine FROM days ORDER BY as_of DESC LIMIT 12", "as of", "customers|N0", "revenue|N2", "engine");
    answers.Show("SELECT DISTINCT from_as_of, snapshot FROM segment_migration", "compared with", "which is");
    answers.Show("""
        SELECT segment, CAST(SUM(before) AS BIGINT), CAST(SUM(after) AS BIGINT), CAST(SUM(after) - SUM(before) AS BIGINT) AS change
        FROM (
            SELECT from_segment AS segment, customers AS before, 0 AS after FROM segment_migration WHERE scheme = 'rfm' AND from_segment <> '(new)'
            UNION ALL
            SELECT to_segment, 0, customers FROM segment_migration WHERE scheme = 'rfm' AND to_segment <> '(lost to view)'
        ) GROUP BY segment ORDER BY change DESC, segment
        """, "segment", "before|N0", "after|N0", "change|+#,0;-#,0;0");
});
