-- earlier_customers: the customers of an earlier day, by the rules of the day that the run looks from.
-- grain   one row per customer with a purchase on or before :as_of, the earlier day
-- reads   customer_labels, worth_patterns, alive_patterns, customer_margins, cluster_facts (cluster → persona), legend_cells (r, f, m → segment), overall_segments (overall_score → value_segment)
-- units   money in the client's currency; NULL where the data holds no answer
SELECT
    worth.customer_id,
    worth.first_order,
    worth.monetary,
    cell.segment,
    fact.persona,
    overall.value_segment,
    CASE WHEN worth.clv_12m IS NULL THEN NULL
        ELSE CASE {{count_above(worth.clv_12m, :tier_cuts)}} WHEN 0 THEN 'Small' WHEN 1 THEN 'Medium' WHEN 2 THEN 'Big' ELSE 'Top' END
    END AS clv_tier,
    worth.clv_12m
FROM (
    SELECT
        customer_id, first_order, monetary, r, f, m, overall_score, cluster,
        {{money_of(p_alive * discounted_12m * scale * per_scale * margin)}} AS clv_12m
    FROM (
        SELECT /*+ BROADCAST(worth_patterns) */ {{join_hint}}
            customer.customer_id, first_order, monetary, r, f, m, overall_score, cluster,
            {{p_alive}} AS p_alive,
            discounted_12m,
            COALESCE(customer_margins.margin, :margin) AS margin,
            :gamma + CAST(repeat_spend AS DOUBLE) AS scale,
            :p / ((:p * x) + :q - CAST(1 AS DOUBLE)) AS per_scale
        FROM (
            SELECT
                customer_id, first_order, last_order, purchase_days, monetary, repeat_spend, r, f, m, overall_score, cluster,
                CAST(purchase_days - 1 AS DOUBLE) AS x,
                CAST({{days_between(first_order, last_order)}} AS DOUBLE) / 7 AS t_x,
                CAST({{days_between(first_order, :as_of)}} AS DOUBLE) / 7 AS t
            FROM customer_labels
        ) AS customer
        INNER JOIN worth_patterns
            ON worth_patterns.repeats = purchase_days - 1
            AND worth_patterns.days = CAST({{days_between(first_order, :as_of)}} AS INTEGER)
        LEFT JOIN alive_patterns
            ON alive_patterns.repeats = purchase_days - 1
            AND alive_patterns.last_day = {{days_between(first_order, last_order)}}
            AND alive_patterns.days = {{days_between(first_order, :as_of)}}
        LEFT JOIN customer_margins ON customer_margins.customer_id = customer.customer_id
    ) AS expected
) AS worth
-- Every customer has one of each: an inner join would ask whether it has, and make a program that is too long to be compiled on a cluster.
LEFT JOIN cluster_facts AS fact ON worth.cluster = fact.cluster
LEFT JOIN legend_cells AS cell ON worth.r = cell.r AND worth.f = cell.f AND worth.m = cell.m
LEFT JOIN overall_segments AS overall ON worth.overall_score = overall.overall_score
