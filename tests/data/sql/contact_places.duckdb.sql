-- contact_places: the order in which customers are contacted where campaigns.budget pays for a part of a campaign.
-- grain   one row per customer of such a campaign who is not suppressed; none if not :in_part
-- reads   segmented_customers, campaign_cells (by persona if :by_persona, else by segment)
-- units   place from 1, the customer of the highest clv_12m, within the campaign
SELECT
    customer.customer_id,
    CAST(ROW_NUMBER() OVER (
        PARTITION BY cell.segment
        ORDER BY customer.clv_12m DESC NULLS LAST, customer.monetary DESC NULLS LAST, customer.customer_id NULLS LAST
    ) AS BIGINT) AS place
FROM segmented_customers AS customer
INNER JOIN campaign_cells AS cell
    ON cell.segment = CASE WHEN TRUE THEN customer.persona ELSE customer.segment END
    AND cell.tier = COALESCE(customer.clv_tier, 'Small')
WHERE TRUE AND cell.most_contacts > 0
