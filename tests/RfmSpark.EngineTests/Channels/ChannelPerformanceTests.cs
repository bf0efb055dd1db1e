using System.Globalization;
using System.Text;

namespace RfmSpark.EngineTests.Channels;

/// <summary>Channels by hand, a retailer whose paid social earns least and whose e-mail earns most, and spend that is not known.</summary>
public sealed class ChannelPerformanceTests : IDisposable
{
    private static readonly string[] Settings = ["orders.columns.channel=channel", "clusters.replicates=1", "clusters.restarts=1", "clusters.mostClusters=4"];
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    private const string Orders = """
        customer_id,order_date,amount,channel
        A,2026-01-05,10,email
        A,2026-01-05,30,Social
        A,2026-02-07,50,email
        B,2026-02-01,20,email
        B,2026-02-02,-5,email
        B,2026-03-10,100,Social
        C,2026-02-20,40,
        D,2026-01-01,60,Social
        """;

    [Fact]
    public void A_customer_came_through_the_channel_of_its_first_day_and_a_channel_earns_what_comes_through_it()
    {
        var spend = _job.Write("spend.csv", "channel,month,spend\nsocial,2026-01,10\nsocial,2026-02-15,8\nSocial,2026-02,2\nsocial,2026-03,99\nsocial,2025-12,50\nradio,2026-02,5\n");
        _job.Run(_job.Write("orders.csv", Orders), "2026-03-20", null, [.. Settings, "channels.spendFile=" + spend, "clv.margin=0.5"]);

        // January and February are over and were seen whole: Social took 30 + 60, and brought A (90) and D (60) for 20.
        Assert.Equal([
            "(unknown)|1|40.00|0|NULL|NULL|NULL|NULL|NULL|spend is unknown: channels.spendFile has no whole month of this channel in the time of the orders",
            "Social|2|150.00|2|20.00|90.00|4.5|2|10.00|no budget is suggested: too few months: 2 with spend are over, and 6 are needed",
            "email|1|115.00|0|NULL|NULL|NULL|NULL|NULL|spend is unknown: channels.spendFile has no whole month of this channel in the time of the orders",
            "radio|0|0.00|1|5.00|0.00|0|0|NULL|no budget is suggested: too few months: 1 with spend are over, and 6 are needed",
        ], _job.Rows("channel_performance", "channel, customers, revenue, months, spend, channel_revenue, roas, new_customers, cac, note", "WHERE segment IS NULL ORDER BY channel"));
        Assert.Contains(_job.Log.Lines, l => l.Contains("channels.spendFile has radio, through which no order came", StringComparison.Ordinal));

        // What A and D are worth for each of the 20: half of 150, and what they will bring.
        var clv = decimal.Parse(_job.Rows("customer_segments", "SUM(clv_12m)", "WHERE customer_id IN ('A', 'D')").Single(), CultureInfo.InvariantCulture);
        Assert.Equal([$"{clv}|{(double)((75 + clv) / 20)}"], _job.Rows("channel_performance", "clv_12m, clv_to_cac", "WHERE channel = 'Social' AND segment IS NULL"));
        // Segments are parts of the whole.
        Assert.Equal(
            _job.Rows(
                "channel_performance",
                "channel, SUM(customers), SUM(revenue), SUM(spend), SUM(channel_revenue), SUM(new_customers)",
                "WHERE segment IS NULL GROUP BY 1 ORDER BY 1")
                .Where(r => !r.StartsWith("radio", StringComparison.Ordinal)),
            _job.Rows("channel_performance", "channel, SUM(customers), SUM(revenue), SUM(spend), SUM(channel_revenue), SUM(new_customers)", "WHERE segment IS NOT NULL GROUP BY 1 ORDER BY 1"));

    }

    [Fact]
    public void What_customers_have_brought_counts_by_the_margin_of_where_they_bought()
    {
        var spend = _job.Write("spend.csv", "channel,month,spend\nsocial,2026-01,10\nsocial,2026-02,10\n");
        _job.Run(_job.Write("orders.csv", Orders), "2026-03-20", null, [.. Settings, "channels.spendFile=" + spend, "clv.marginBy=channel", "clv.margins.email=0.2", "clv.margins.social=0.5"]);

        // A bought for 60 through e-mail and 30 through social, D for 60 through social.
        var clv = decimal.Parse(_job.Rows("customer_segments", "SUM(clv_12m)", "WHERE customer_id IN ('A', 'D')").Single(), CultureInfo.InvariantCulture);
        Assert.Equal(
            (double)((12 + 15 + 30 + clv) / 20),
            double.Parse(
                _job.Rows("channel_performance", "clv_to_cac", "WHERE channel = 'Social' AND segment IS NULL").Single(),
                CultureInfo.InvariantCulture),
            1e-9);
        // A campaign earns by the margin of those whom it is for.
        Assert.All(_job.Rows("campaign_plan", "segment, order_value, uplift, cost_per_contact, roi", "WHERE roi IS NOT NULL").ConvertAll(r => r.Split('|')), plan =>
        {
            var theirs = _job.Rows(
                "customer_segments",
                "SUM(monetary), SUM(monetary * CASE customer_id WHEN 'A' THEN 0.3 "
                + "WHEN 'B' THEN CAST((20 * 0.2 + 100 * 0.5) / 120 AS DOUBLE) WHEN 'C' THEN 1 ELSE 0.5 END)",
                $"WHERE persona = '{plan[0]}'")
                .Single().Split('|').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToList();
            double Of(int column) => double.Parse(plan[column], CultureInfo.InvariantCulture);
            Assert.Equal((Of(2) * Of(1) * theirs[1] / theirs[0] / Of(3)) - 1, Of(4), 1e-9);
        });
    }

    [Fact]
    public void What_came_through_a_channel_that_brought_nobody_is_told_by_segment_too()
    {
        var spend = _job.Write("spend.csv", "channel,month,spend\nemail,2026-02,10\n");
        _job.Run(
            _job.Write(
                "orders.csv",
                "customer_id,order_date,amount,channel\n"
                + "A,2026-01-01,10,shop\nA,2026-02-07,50,email\nB,2026-01-01,20,shop\nB,2026-02-10,30,email\nC,2026-01-01,9,shop\n"),
            "2026-03-01", null, [.. Settings, "channels.spendFile=" + spend]);

        Assert.Equal(["80.00|0"], _job.Rows("channel_performance", "channel_revenue, new_customers", "WHERE channel = 'email' AND segment IS NULL"));
        Assert.Equal(["80.00|0"], _job.Rows("channel_performance", "SUM(channel_revenue), SUM(new_customers)", "WHERE channel = 'email' AND segment IS NOT NULL"));
    }

    [Fact]
    public void A_channel_that_was_stopped_spends_nothing_now()
    {
        var spend = new StringBuilder("channel,month,spend\n");
        for (var month = 1; month <= 12; month++)
        {
            spend.Append(CultureInfo.InvariantCulture, $"social,2025-{month:00},{100 + (10 * (month % 5))}\n");
            if (month <= 8) spend.Append(CultureInfo.InvariantCulture, $"email,2025-{month:00},{100 + (10 * (month % 5))}\n");
            if (month >= 11) spend.Append(CultureInfo.InvariantCulture, $"radio,2025-{month:00},{100 * (month - 9)}\n");
        }
        var orders = "customer_id,order_date,amount,channel\n" + string.Concat(Enumerable.Range(0, 12).Select(month => string.Create(
            CultureInfo.InvariantCulture,
            $"A{month},2025-{month + 1:00}-01,{100 + month},social\n"
            + $"B{month},2025-{month + 1:00}-01,{100 + month},email\n"
            + $"C{month},2025-{month + 1:00}-01,50,radio\n")));
        _job.Run(_job.Write("orders.csv", orders), "2025-12-31", null, [.. Settings, "channels.spendFile=" + _job.Write("spend.csv", spend.ToString())]);

        // 110, 120 and 100 were spent on social from October to December; radio began in November.
        Assert.Equal(
            [
                "email|0.00|NULL|no budget is suggested: nothing was spent in the last 3 months",
                "radio|250.00|NULL|no budget is suggested: too few months: 2 with spend are over, and 6 are needed",
                "social|110.00",
            ],
            _job.Rows("channel_performance", "channel, monthly_spend, suggested_spend, note", "WHERE segment IS NULL ORDER BY channel")
                .Select(r => r.StartsWith("social", StringComparison.Ordinal) ? r[..13] : r));
    }

    [Fact]
    public void Without_a_file_of_spend_there_are_customers_revenue_and_values_and_it_is_said()
    {
        _job.Run(_job.Write("orders.csv", Orders), "2026-03-20", null, Settings);

        Assert.Equal(
            [
                "(unknown)|1|40.00|NULL|spend is unknown: channels.spendFile names no file",
                "Social|2|150.00|NULL|spend is unknown: channels.spendFile names no file",
                "email|1|115.00|NULL|spend is unknown: channels.spendFile names no file",
            ],
            _job.Rows("channel_performance", "channel, customers, revenue, spend, note", "WHERE segment IS NULL ORDER BY channel"));
    }

    [Fact]
    public void Spellings_that_differ_in_the_case_of_letters_are_one_channel()
    {
        _job.Run(
            _job.Write("orders.csv", Orders.Replace("A,2026-02-07,50,email", "A,2026-02-07,50,EMail", StringComparison.Ordinal)), "2026-03-20", null,
            [.. Settings, "channels.spendFile=" + _job.Write("spend.csv", "channel,month,spend\neMAIL,2026-02,10\n")]);

        // 50 and 20 - 5 of February.
        Assert.Equal(["EMail|1|10.00|65.00"], _job.Rows("channel_performance", "channel, customers, spend, channel_revenue", "WHERE segment IS NULL AND LOWER(channel) = 'email'"));
    }

    [Fact]
    public void Spellings_of_a_channel_on_the_first_day_count_together()
    {
        _job.Run(
            _job.Write(
                "orders.csv",
                "customer_id,order_date,amount,channel\n"
                + "A,2026-01-05,30,Email\nA,2026-01-05,40,social\nA,2026-01-05,30,EMAIL\nB,2026-01-06,50,social\n"),
            "2026-03-20", null, Settings);

        // A came for 60 through e-mail and for 40 through social.
        Assert.Equal(["EMAIL|1|100.00", "social|1|50.00"], _job.Rows("channel_performance", "channel, customers, revenue", "WHERE segment IS NULL ORDER BY channel"));
    }

    [Fact]
    public void Paid_social_earns_least_and_gives_to_email_which_earns_most()
    {
        // Revenue of a month: base + slope × √spend, in orders of 25. Social brings 1.5 for each unit spent, e-mail 12, search 4.
        var (orders, spend) = (new StringBuilder("customer_id,order_date,amount,channel\n"), new StringBuilder("channel,month,spend\n"));
        var customer = 0;
        for (var month = 0; month < 12; month++)
        {
            foreach (var (channel, level, slope) in new[] { ("paid social", 4000.0, 95.0), ("email", 400.0, 240.0), ("search", 2000.0, 179.0) })
            {
                var money = level * (1 + (0.3 * Math.Sin(month + level)));
                spend.Append(CultureInfo.InvariantCulture, $"{channel},2025-{month + 1:00},{money:F2}\n");
                for (var i = 0; i < Math.Round(slope * Math.Sqrt(money) / 25); i++)
                    orders.Append(CultureInfo.InvariantCulture, $"c{customer++ % 3000},2025-{month + 1:00}-{1 + (i % 28):00},25,{channel}\n");
            }
        }
        _job.Run(_job.Write("orders.csv", orders.ToString()), "2026-01-01", null, [.. Settings, "channels.spendFile=" + _job.Write("spend.csv", spend.ToString())]);

        var channels = _job.Rows("channel_performance", "channel, roas, marginal_roas, monthly_spend, suggested_spend, note", "WHERE segment IS NULL ORDER BY roas").ConvertAll(r => r.Split('|'));
        Assert.Equal(["paid social", "search", "email"], channels.Select(c => c[0]));
        double Of(string[] row, int column) => double.Parse(row[column], CultureInfo.InvariantCulture);
        var (social, search, email) = (channels[0], channels[1], channels[2]);
        Assert.All(channels, c => Assert.Equal("NULL", c[5]));
        Assert.InRange(Of(social, 1), 1.3, 1.7);
        Assert.InRange(Of(email, 1), 11, 13);
        // E-mail takes the fifth that it may, search a part of what social may give.
        Assert.Equal(1.2 * Of(email, 3), Of(email, 4), 0.02);
        Assert.Equal(1.2 * Of(search, 3), Of(search, 4), 0.02);
        Assert.True(Of(social, 4) < Of(social, 3));
        Assert.Equal(channels.Sum(c => Of(c, 3)), channels.Sum(c => Of(c, 4)), 0.03);
        // The slope of 240 √s.
        Assert.Equal(240 / (2 * Math.Sqrt(Of(email, 3))), Of(email, 2), 0.1);
    }

    [Theory]
    [InlineData("channel,month,spend\nemail,2026-01,x\nemail,2026-13,5\n,2026-01,5\nemail,2026-02,-1\nemail,2026-03,1\n", "channels.spendFile: 4 of 5 records of ")]
    [InlineData("channel,date,spend\nemail,2026-01,1\n", "has no column 'month' (needed). Its columns are channel, date, spend. Name its columns channel, month, spend.")]
    public void Spend_that_cannot_be_read_is_refused(string text, string message)
    {
        var fault = Assert.Throws<DataFault>(() => _job.Run(_job.Write("orders.csv", Orders), null, null, [.. Settings, "channels.spendFile=" + _job.Write("spend.csv", text)]));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_spend_that_is_not_there_is_told_by_its_setting()
    {
        var fault = Assert.Throws<DataFault>(() => _job.Run(_job.Write("orders.csv", Orders), null, null, [.. Settings, "channels.spendFile=" + Path.Combine(_job.Folder, "none.csv")]));

        Assert.EndsWith("none.csv. Check the path given with channels.spendFile.", fault.Message, StringComparison.Ordinal);
    }
}
