using System.Globalization;
using System.IO.Compression;
using MathNet.Numerics.LinearRegression;

namespace RfmSpark.EngineTests.Prices;

/// <summary>Elasticities against least squares on the rows, discounts against a count, and orders that cannot tell.</summary>
public sealed class PriceSensitivityTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [SkippableFact]
    public void Elasticities_are_those_of_least_squares_on_the_rows()
    {
        var file = Requires.Data("completejourney_transactions_sample.csv.gz");
        _job.Run(file, "2018-01-01", "completejourney", "clusters.replicates=1", "clusters.restarts=1");
        var segments = _job.Rows("customer_segments", "customer_id, segment").Select(r => r.Split('|')).ToDictionary(c => c[0], c => c[1]);
        var lines = Lines(file).Where(l => segments.ContainsKey(l.Customer)).ToList();

        var rows = _job.Rows("price_sensitivity", "segment, lines, products, elasticity, standard_error, note").ConvertAll(r => r.Split('|'));
        Assert.Equal(segments.Values.Distinct().Append("NULL").Order(StringComparer.Ordinal), rows.Select(r => r[0]).Order(StringComparer.Ordinal));
        Assert.NotEqual("NULL", rows.Single(r => r[0] == "NULL")[3]);
        foreach (var row in rows)
        {
            var bought = lines.Where(l => (row[0] == "NULL" || segments[l.Customer] == row[0]) && l.Paid > 0 && l.Quantity > 0).GroupBy(l => l.Product).Where(g => g.Count() > 1).ToList();
            Assert.Equal(bought.Sum(g => g.Count()), int.Parse(row[1], CultureInfo.InvariantCulture));
            Assert.Equal(bought.Count(g => g.Select(l => Math.Round(Math.Log(l.Paid / l.Quantity), 6)).Distinct().Count() > 1), int.Parse(row[2], CultureInfo.InvariantCulture));
            // A degree of freedom for the slope, and one for each product.
            var degrees = bought.Sum(g => g.Count()) - bought.Count - 1;
            Assert.Equal(degrees < 30, row[3] == "NULL");
            if (degrees < 30)
            {
                Assert.StartsWith("too few lines", row[5], StringComparison.Ordinal);
                continue;
            }
            // Deviations from the product's means, then least squares by QR.
            var deviations = bought.SelectMany(g => Deviations([.. g.Select(l => Math.Log(l.Paid / l.Quantity))]).Zip(Deviations([.. g.Select(l => Math.Log(l.Quantity))]))).ToList();
            var slope = MultipleRegression.QR(deviations.Select(d => new[] { d.First }).ToArray(), [.. deviations.Select(d => d.Second)])[0];
            var error = Math.Sqrt(deviations.Sum(d => Math.Pow(d.Second - (slope * d.First), 2)) / degrees / deviations.Sum(d => d.First * d.First));
            Assert.Equal(slope, double.Parse(row[3], CultureInfo.InvariantCulture), 1e-9);
            Assert.Equal(error, double.Parse(row[4], CultureInfo.InvariantCulture), 1e-9);
            Assert.Equal(Math.Abs(slope) < 1.96 * error ? "not distinguishable from zero" : "NULL", row[5]);
        }
    }

    [SkippableFact]
    public void Discounts_are_those_counted_from_the_file()
    {
        var file = Requires.Data("completejourney_transactions_sample.csv.gz");
        _job.Run(file, "2017-10-01", "completejourney", "clusters.replicates=1", "clusters.restarts=1");
        var segments = _job.Rows("customer_segments", "customer_id, segment").Select(r => r.Split('|')).ToDictionary(c => c[0], c => c[1]);
        var lines = Lines(file).Where(l => segments.ContainsKey(l.Customer) && l.Day <= new DateOnly(2017, 10, 1)).ToList();

        var rows = _job.Rows("price_sensitivity", "segment, orders, discount_share, discount_depth").ConvertAll(r => r.Split('|'));
        Assert.Equal(segments.Values.Distinct().Append("NULL").Order(StringComparer.Ordinal), rows.Select(r => r[0]).Order(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            var baskets = lines.Where(l => row[0] == "NULL" || segments[l.Customer] == row[0]).GroupBy(l => (l.Customer, l.Day, l.Basket)).ToList();
            var off = baskets.SelectMany(b => b).Where(l => l.Discount > 0).ToList();
            Assert.Equal(baskets.Count, int.Parse(row[1], CultureInfo.InvariantCulture));
            Assert.Equal(baskets.Count(b => b.Any(l => l.Discount > 0)) / (double)baskets.Count, double.Parse(row[2], CultureInfo.InvariantCulture), 1e-12);
            Assert.Equal(off.Sum(l => l.Discount) / off.Sum(l => l.Paid + l.Discount), double.Parse(row[3], CultureInfo.InvariantCulture), 1e-9);
        }
    }

    [Fact]
    public void Orders_without_products_and_discounts_say_so()
    {
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount\nA,2026-01-05,10\nB,2026-01-06,20\n"));

        var rows = _job.Rows("price_sensitivity", "orders, discount_share, lines, elasticity, note");
        Assert.Equal(_job.Rows("customer_segments", "1 + COUNT(DISTINCT segment)"), [rows.Count.ToString(CultureInfo.InvariantCulture)]);
        Assert.All(rows,
            row => Assert.Equal("NULL|NULL|NULL|NULL|discounts are unknown: orders.columns.discount names no column; no elasticity: orders.columns names no product or no quantity", row));
    }

    [Theory]
    [InlineData("no elasticity: orders.columns names no product or no quantity")]
    [InlineData("too few lines: 2 of 1 products bought twice or more", "orders.columns.product=product", "orders.columns.quantity=n")]
    public void A_column_of_discounts_without_a_number_up_to_the_day_says_so(string note, params string[] products)
    {
        _job.Run(
            _job.Write(
                "orders.csv", "customer_id,order_date,amount,off,product,n\nA,2026-01-05,10,,p,1\nB,2026-01-06,20,none,p,1\nA,2026-02-01,8,2,p,1\n"),
            "2026-01-31", null, [.. products, "orders.columns.discount=off"]);

        Assert.Equal([$"NULL|NULL|NULL|discounts are unknown: no line up to this day has a number in the column of orders.columns.discount; {note}"],
            _job.Rows("price_sensitivity", "orders, discount_share, discount_depth, note", "WHERE segment IS NULL"));
        Assert.Equal(["0"], _job.Rows("price_sensitivity", "COUNT(orders) + COUNT(discount_share) + COUNT(discount_depth)"));
    }

    [Theory]
    [InlineData]
    [InlineData("orders.columns.product=product", "orders.columns.quantity=n")]
    public void A_line_that_says_nothing_of_a_discount_had_none(params string[] products)
    {
        _job.Run(_job.Write("orders.csv", """
            customer_id,order_date,amount,off,order,product,n
            A,2026-01-05,10,,1,p,1
            A,2026-01-05,8,2,1,q,1
            A,2026-01-06,20,,2,p,2
            A,2026-01-06,5,,2,,
            A,2026-01-07,15,,3,,
            B,2026-01-05,30,,4,p,3
            """), null, null, [.. products, "orders.columns.discount=off", "orders.columns.order_id=order"]);

        // One order of four, 2 of 10 on one of its lines; of the others nothing is said.
        Assert.Equal(["4|0.25|0.2"], _job.Rows("price_sensitivity", "orders, discount_share, discount_depth", "WHERE segment IS NULL"));
        Assert.Equal(["1|0|NULL", "3|0.3333333333333333|0.2"], _job.Rows("price_sensitivity", "orders, discount_share, discount_depth", "WHERE segment IS NOT NULL ORDER BY orders"));
    }

    [Fact]
    public void Each_line_is_an_order_where_orders_have_no_id_and_returns_are_passed_over()
    {
        _job.Run(
            _job.Write(
                "orders.csv",
                "customer_id,order_date,amount,off\nA,2026-01-05,10,0\nA,2026-01-05,6,-2\nA,2026-01-05,8,2\nA,2026-01-06,-8,2\nA,2026-01-07,20,\n"),
            null, null, "orders.columns.discount=off");

        // Two of four lines, 2 of 8 and 2 of 10.
        Assert.Equal(["4|0.5|0.2222222222222222"], _job.Rows("price_sensitivity", "orders, discount_share, discount_depth", "WHERE segment IS NULL"));
    }

    [Fact]
    public void Prices_that_do_not_vary_tell_nothing()
    {
        var lines = Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i % 20},2026-01-{1 + (i % 28):00},{3 * (1 + (i % 4))},{1 + (i % 4)},p{i % 5}"));
        _job.Run(_job.Write("orders.csv", "customer_id,order_date,amount,n,product\n" + string.Join('\n', lines)), null, null, "orders.columns.quantity=n", "orders.columns.product=product");

        Assert.Equal(["200|0|NULL|discounts are unknown: orders.columns.discount names no column; too little price variation: 0.0 % within 5 products"],
            _job.Rows("price_sensitivity", "lines, products, elasticity, note", "WHERE segment IS NULL"));
    }

    private static double[] Deviations(double[] values)
    {
        var mean = values.Average();
        return [.. values.Select(v => v - mean)];
    }

    private static IEnumerable<Line> Lines(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } text)
        {
            var c = text.Split(',');
            double Number(int i) => double.Parse(c[i], CultureInfo.InvariantCulture);
            yield return new Line(c[0], DateOnly.Parse(c[10][..10], CultureInfo.InvariantCulture), c[2], c[3], Number(4), Number(5), Number(6));
        }
    }

    private sealed record Line(string Customer, DateOnly Day, string Basket, string Product, double Quantity, double Paid, double Discount);
}
