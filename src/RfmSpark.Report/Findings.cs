using RfmSpark.Campaigns;
using RfmSpark.Report.Data;
using RfmSpark.Report.Sections;
using RfmSpark.Settings;

namespace RfmSpark.Report;

/// <summary>The page's first lines: up to seven sentences out of the numbers, each with what to do about it. What the tables do not hold is not spoken of.</summary>
internal static class Findings
{
    private const int Most = 7;

    // Of a segment's customers.
    private const double WorthNaming = 0.1;

    // Of the revenue: whom a shop depends on so much is not to be met as one of a segment.
    private const double TooMuchOfOne = 0.25;

    // Of all that is expected of customers.
    private const decimal LeastWorthAsking = 0.001m;

    // From this share of the newcomers on, it is usual that they come back.
    private const double MostComeBack = 0.5;

    // Where the most valuable tenth holds less than this of all value, customers hardly differ in it.
    private const double HardlyMore = 0.2;

    // While others went on ordering.
    private const int DaysWithoutNew = 90;

    // Below this share of rejected records nobody need look.
    private const double ManyRejected = 0.001;

    // What was left out stands last, and never falls off: it is of all the others.
    internal static IReadOnlyList<Finding> Of(RunTables tables)
    {
        var rejected = Rejected(tables);
        var others = new[]
        {
            OneCustomer(tables), NoneNew(tables), MostValuable(tables), Largest(tables), Leaving(tables), AtRisk(tables), Campaign(tables), Budget(tables), Expected(tables), Returning(tables)
        }.OfType<Finding>();
        return [.. others.Take(rejected is null ? Most : Most - 1), .. new[] { rejected }.OfType<Finding>()];
    }

    private static Finding? OneCustomer(RunTables tables)
    {
        if (tables.Run is not { Customers: > 1, Revenue: > 0 } run || tables.Largest is not { } one) return null;
        var share = (double)(one.Monetary / run.Revenue);
        if (share < TooMuchOfOne) return null;
        var segment = tables.Of("rfm").First(s => s.Segment == one.Segment);
        return new Finding($"One customer, {one.Id}, brought {Numbers.Percent(share)} of the revenue and last ordered {Words.Of(one.RecencyDays, "day")} ago"
                + $"{(one.AliveChance is null || tables.ForecastDoubt is not null ? "" : $"; the chance that this customer is active still is {Numbers.Percent(one.AliveChance, 0)}")}.",
            $"See to this customer in person{(one.Monetary > segment.Revenue / 2 ? $": what stands here of {one.Segment} is mostly of this one alone" : "")}.", "segments");
    }

    private static Finding? NoneNew(RunTables tables) => tables.Days is not { } days || days.Last.DayNumber - days.LastFirst.DayNumber < DaysWithoutNew ? null
        : new Finding($"Nobody has ordered for the first time since {Numbers.Day(days.LastFirst)}.",
            "Find out why no new customers come: those who leave are not made up for.", "cohorts");

    private static Finding? MostValuable(RunTables tables)
    {
        var segment = tables.Of("rfm").MaxBy(s => s.Revenue)!;
        if (segment.RevenueShare is not > 0) return null;
        return new Finding($"The segment {segment.Segment} is {Numbers.Percent(segment.Share)} of the customers and brought {Numbers.Percent(segment.RevenueShare)} of the revenue.",
            Advice(tables, segment.Segment), "segments");
    }

    private static Finding? Largest(RunTables tables)
    {
        var segment = tables.Of("rfm")[0];
        if (tables.Of("rfm").MaxBy(s => s.Revenue) == segment) return null;
        return new Finding($"The largest segment is {segment.Segment}, with {Words.Of(segment.Customers, "customer")} ({Numbers.Percent(segment.Share)}) "
                + $"and {Numbers.Percent(segment.RevenueShare)} of the revenue.",
            Advice(tables, segment.Segment), "segments");
    }

    // Segments are made of ranks, and a customer may come into one at risk who has been away for years: of those who bring nothing any more nobody need hear.
    private static Finding? Leaving(RunTables tables)
    {
        if (tables.Warnings is not { Customers: > 0 } warnings) return null;
        var expected = tables.ForecastDoubt is null ? warnings.Clv12 : null;
        if (expected < LeastWorthAsking * tables.Of("rfm").Sum(s => s.Clv12)) return null;
        return new Finding($"{Words.Of(warnings.Customers, "customer")} came from a good segment into one at risk since {Numbers.Day(warnings.Since)}"
                + $"{(expected is null ? "" : $"; still expected of them are {tables.Numbers.RoundMoney(expected)} of {tables.ClvIs} in 12 months")}.",
            "Ask them why they stay away, the most valuable first (segment_changes lists them: is_warning).", "migration");
    }

    private static Finding? AtRisk(RunTables tables)
    {
        var segments = tables.Of("rfm").Where(s => s.RevenueAtRisk is > 0).ToList();
        // The chance to have left is of the same model as CLV.
        if (segments.Count == 0 || tables.ForecastDoubt is not null) return null;
        var (total, most) = (segments.Sum(s => s.RevenueAtRisk!.Value), segments.MaxBy(s => s.RevenueAtRisk)!);
        // With one customer may lie more than with all others of the segment together.
        var (with, atRisk) = tables.Largest is { RevenueAtRisk: { } ofOne } one && ofOne > total / 2 ? (one.Id, ofOne) : (most.Segment, most.RevenueAtRisk!.Value);
        return new Finding($"{tables.Numbers.RoundMoney(total)} of the last 365 days' revenue is at risk, by each customer's chance to have left; "
                + $"{Numbers.Percent((double)(atRisk / total), 0)} of it with {with}.",
            $"Of all that is done to keep customers, begin with {with}.", "clv");
    }

    private static Finding? Expected(RunTables tables)
    {
        if (tables.Lorenz is not { } lorenz || tables.ForecastDoubt is not null) return null;
        var total = tables.Of("rfm").Sum(s => s.Clv12);
        var held = lorenz.HeldByTop(0.1);
        var care = tables.ForecastError is { } error ? $"; {error}" : "";
        if (held < HardlyMore)
            return new Finding($"Customers are expected to bring much the same: the most valuable tenth holds {Numbers.Percent(held, 0)} "
                    + $"of the {tables.Numbers.RoundMoney(total)} of {tables.ClvIs} expected in the next 12 months{care}.",
                "Serve them all alike: by value hardly anybody stands out.", "clv");
        var best = tables.Of("clv_tier").Where(t => t.Segment is "Top" or "Big").ToList();
        return new Finding($"The most valuable tenth of the customers holds {Numbers.Percent(held, 0)} "
                + $"of the {tables.Numbers.RoundMoney(total)} of {tables.ClvIs} expected in the next 12 months{care}.",
            best.Count == 0
                ? "Give these a service of their own."
                : $"Give the best {Numbers.Count(best.Sum(t => t.Customers))} a service of their own (clv_tier Top and Big in customer_segments).",
            "clv");
    }

    private static Finding? Campaign(RunTables tables)
    {
        if (tables.Campaigns.All(c => c.Roi is null)) return null;
        var least = Numbers.Percent(tables.Run.Number("campaigns.minRoi"), 0);
        if (!tables.Campaigns.Any(c => c.IsSent))
            return new Finding($"No campaign is expected to return the {least} on its cost that is asked for, at the cost and the response of the campaigns file.",
                "Send none at this cost; try a cheaper way of contact on a part of the customers (experiment assign).", "campaigns");
        if (!tables.Campaigns.Any(c => c.IsPaid))
            return new Finding("The budget pays for no contact of the campaigns that are worth their cost.", "Raise campaigns.budget, or send none.", "campaigns");
        if (tables.Campaigns.Where(c => c.IsPaid && c.Roi is not null).MaxBy(c => c.Roi) is not { } best) return null;
        var suppressed = tables.Campaigns.Where(c => !c.IsSent).Sum(c => c.Contacts);
        // Of the file that comes with the program nobody may take the costs for the shop's own.
        var own = $"if the costs and responses of the campaigns file are yours{(tables.Run.Setting("campaigns.file") == CampaignsConfig.ShippedFile ? ", and not the examples that came with the program" : "")}";
        var send = best.BudgetedContacts < best.Contacts ? $"Send it to the {Numbers.Count(best.BudgetedContacts)} whom the budget pays for" : "Send it";
        return new Finding($"A campaign to {(tables.IsByPersona ? "the persona " : "")}{best.Segment} "
                + $"is expected to return {Numbers.Percent(best.Roi, 0)} "
                + $"on its cost{(tables.ClvIs == "revenue" ? ", with all revenue taken for margin" : "")}, the most of those to be sent.",
            suppressed == 0
                ? $"{send}, {own}."
                : $"{send}, {own}; spare {Words.Of(suppressed, "contact")} expected to return less than the {least} that is asked for.",
            "campaigns");
    }

    private static Finding? Budget(RunTables tables)
    {
        var shifts = tables.Channels.Where(c => c.SuggestedSpend is not null && c.MonthlySpend is not null)
            .Select(c => (c.Channel, By: c.SuggestedSpend!.Value - c.MonthlySpend!.Value, c.Roas)).ToList();
        if (shifts.Count < 2 || shifts.All(s => s.By == 0)) return null;
        var (gives, takes) = (shifts.MinBy(s => s.By), shifts.MaxBy(s => s.By));
        return new Finding($"{takes.Channel} earns {Numbers.Decimals(takes.Roas, 2)} for each unit spent, {gives.Channel} {Numbers.Decimals(gives.Roas, 2)}.",
            $"Each month take {Words.List([.. shifts.Where(s => s.By < 0).OrderBy(s => s.By).Select(s => $"{tables.Numbers.Money(-s.By)} from {s.Channel}")])}, "
                + $"and give {Words.List([.. shifts.Where(s => s.By > 0).OrderByDescending(s => s.By).Select(s => $"{s.Channel} {tables.Numbers.Money(s.By)}")])} more.", "channels");
    }

    // There is nobody to welcome where nobody new comes.
    private static Finding? Returning(RunTables tables) => CohortMap.Returning(tables) is not var (returning, share) || NoneNew(tables) is not null ? null
        : new Finding(returning, share < MostComeBack ? "Welcome new customers with a reason for a second order." : "Keep up what brings them back.", "cohorts");

    private static Finding? Rejected(RunTables tables) => tables.Run.RowsIn == 0 || tables.RejectedAsWrong / (double)tables.Run.RowsIn < ManyRejected ? null
        : new Finding($"{Words.Of(tables.RejectedAsWrong, "record")} of {Numbers.Count(tables.Run.RowsIn)} {(tables.RejectedAsWrong == 1 ? "was" : "were")} "
                + $"left out: {DataQuality.Reasons(tables)}.",
            "Look at samples of them (orders_rejected), and mend the source if they matter.", "data");

    // Good customers are kept and those at risk won back: of the former alone churn is told, of the latter reactivation; of neither, if the segment was empty on the day compared with.
    private static string Aim(RunTables tables, string segment)
    {
        bool Has(string metric) => tables.Metrics.Any(m => m.Day == tables.Run.Day && m.Segment == segment && m.Metric == metric);
        return Has("churn") ? "Keep them close" : Has("reactivation_rate") ? "Win them back" : "Look after them";
    }

    // The aim, with what the campaigns do towards it, of those that are worth their cost.
    private static string Advice(RunTables tables, string segment)
    {
        var aim = Aim(tables, segment);
        var groups = tables.Groups.Where(g => g.Segment == segment).ToList();
        var campaigns = tables.Campaigns.ToDictionary(c => c.Segment, StringComparer.Ordinal);
        var worth = groups.Where(g => g.Action != CampaignMatrix.Suppress && campaigns[tables.IsByPersona ? g.Persona : g.Segment].IsSent).ToList();
        var reached = groups.Where(g => g.IsContacted).ToList();
        if (reached.Count == 0) return $"{aim}; {(worth.Count == 0 ? "no campaign to them is to be sent" : "the budget pays for no campaign to them")} (campaign_plan).";
        var (all, contacted) = ((double)groups.Sum(g => g.Customers), reached.Sum(g => g.Customers));
        var isAllOfWorth = contacted == worth.Sum(g => g.Customers);
        // What is done with a persona need not fit the segments that its customers are of.
        if (tables.IsByPersona)
            return $"{aim}; {(isAllOfWorth ? "campaigns are worth their cost for" : "the budget pays for campaigns to")} "
                + $"{(contacted / all is >= 0.01 and var share ? Numbers.Percent(share, 0) : "few")} of them (campaign_plan).";
        var actions = reached.GroupBy(g => g.Action).Select(g => (Action: g.Key, Share: g.Sum(c => c.Customers) / all)).Where(a => a.Share >= WorthNaming)
            .OrderByDescending(a => a.Share).ThenBy(a => a.Action, StringComparer.Ordinal).Take(2).ToList();
        return actions.Count == 0
            ? $"{aim}; {(isAllOfWorth ? "a campaign is worth its cost for" : "the budget pays for a campaign to")} {Numbers.Percent(contacted / all, 0)} of them alone (campaign_plan)."
            : $"{aim}: {string.Join(", ", actions.Select(a => $"{a.Action} for {Numbers.Percent(a.Share, 0)}"))}.";
    }
}
