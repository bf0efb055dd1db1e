using RfmSpark.Settings;

namespace RfmSpark.Tests.Settings;

public sealed class SettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rfmspark-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Base_json_alone_is_a_whole_configuration()
    {
        var config = SettingsBinder.Bind(Base());

        Assert.Equal(5, config.Rfm.Bins);
        Assert.Equal("customer_id", config.Orders.Columns["customer_id"]);
        Assert.False(config.Orders.Columns.ContainsKey("order_id"));
        Assert.Equal(new BadRowLimit(1, IsShare: true), config.Orders.MaxBadRows);
        Assert.Null(config.Engine.MemoryLimit);
    }

    [Fact]
    public void The_last_one_said_wins()
    {
        var file = Write("""{ "rfm": { "bins": 4 }, "orders": { "returns": "gross" } }""");
        var config = SettingsBinder.Bind(Base().AddFile(file)
            .AddEnvironment([KeyValuePair.Create("RFMSPARK_RFM__BINS", (string?)"3"), KeyValuePair.Create("RFMSPARK_REQUIRE", (string?)"x")])
            .AddPairs(["orders.columns.order_id=InvoiceNo"]));

        Assert.Equal(3, config.Rfm.Bins);
        Assert.Equal(Returns.Gross, config.Orders.Returns);
        Assert.Equal("InvoiceNo", config.Orders.Columns["order_id"]);
        Assert.Equal("amount", config.Orders.Columns["amount"]);
    }

    [Fact]
    public void A_list_replaces_the_weaker_list_whole()
    {
        var weak = Write("""{ "rfm": { "bins": 3, "recencyThresholds": [180, 365] } }""");
        var config = SettingsBinder.Bind(Base().AddFile(weak).AddPairs(["rfm.recencyThresholds=90", "rfm.bins=2"]));

        Assert.Equal([90m], config.Rfm.RecencyThresholds);
    }

    [Fact]
    public void A_column_is_taken_out_by_null()
    {
        var file = Write("""{ "orders": { "columns": { "amount": null, "quantity": "Qty", "unit_price": "Price" } } }""");

        Assert.False(SettingsBinder.Bind(Base().AddFile(file)).Orders.Columns.ContainsKey("amount"));
    }

    [Fact]
    public void All_faults_are_told_together_each_with_file_path_value_and_what_is_allowed()
    {
        var file = Write("""{ "rfm": { "bin": 4, "bins": 12, "frequency": "lines" }, "orders": { "maxBadRows": "some", "encoding": "ebcdic" }, "typo": 1 }""");

        var fault = Assert.Throws<ConfigFault>(() => SettingsBinder.Bind(Base().AddFile(file).AddPairs(["engine.memoryLimit=plenty"])));

        Assert.Equal(2, fault.ExitCode);
        Assert.Contains($"{file}: there is no setting rfm.bin. Did you mean bins?", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"{file}: there is no setting typo.", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"{file}: rfm.bins is '12'; it must be 2 to 10.", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"{file}: rfm.frequency is 'lines'; it must be one of orders, days.", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"{file}: orders.maxBadRows is 'some'; it must be a number of rows such as 100, or a share such as 1%.", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"{file}: orders.encoding is 'ebcdic'; it must be one of utf-8 latin-1 utf-16.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--set: engine.memoryLimit is 'plenty'; it must be a size such as 800MB or 4GB.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders.columns.customer_id=", "orders.columns.customer_id is missing")]
    [InlineData("orders.columns.amount=", "orders.columns.amount is missing; name the client's column, or both quantity and unit_price")]
    [InlineData("orders.columns.colour=red", "orders.columns.colour is no field")]
    [InlineData("orders.dateFormats=MM/yyyy", "orders.dateFormats has 'MM/yyyy'")]
    [InlineData("rfm.recencyThresholds=1,2", "rfm.recencyThresholds has 2 values; 5 bins need 4")]
    [InlineData("rfm.monetaryThresholds=1,2,2,3", "it must rise")]
    [InlineData("clv.marginBy=store", "clv.marginBy is store, but orders.columns.store names no column of the orders")]
    [InlineData("clusters.choice=elbow clusters.mostClusters=3", "clusters.mostClusters is 3; the elbow is looked for from 2 clusters on, and needs 4 or more")]
    [InlineData("clv.margins.web=0.5", "clv.marginBy is none, but clv.margins has web")]
    [InlineData("clv.margins.web=1.5", "clv.margins.web is 1.5; it must be a share of spend from 0 to 1")]
    [InlineData("clv.margins.web=half", "clv.margins.web is 'half'; it must be a number")]
    [InlineData("clv.horizons=6m,2q", "clv.horizons has '2q'; it must be months or weeks of up to ten years, such as 6m or 26w")]
    [InlineData("migration.lookback=1y", "migration.lookback is '1y'; it must be days, weeks or months, such as 1d, 1w or 1m.")]
    [InlineData("clv.horizons=6m,26w,6m", "clv.horizons has '6m' twice")]
    [InlineData("clv.calibration=0.5", "clv.calibration is 0.5; it must be a share of the time from 2/3 (0.667) to 1")]
    public void Faults_between_settings_are_found(string pairs, string message)
    {
        var fault = Assert.Throws<ConfigFault>(() => SettingsBinder.Bind(Base().AddPairs(pairs.Split(' '))));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("")]
    public void A_file_that_is_no_JSON_is_named(string text)
    {
        var file = Write(text);

        Assert.Contains(file, Assert.Throws<ConfigFault>(() => Base().AddFile(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("nowhere.json", Assert.Throws<ConfigFault>(() => Base().AddFile("nowhere.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_example_configurations_bind()
    {
        var examples = Directory.GetFiles(Path.Combine(Checkout.Conf, "examples"), "*.json");

        Assert.NotEmpty(examples);
        foreach (var example in examples) SettingsBinder.Bind(Base().AddFile(example));
    }

    [Theory]
    [InlineData("1%", 1000, 10)]
    [InlineData("0.5%", 1000, 5)]
    [InlineData("0", 1000, 0)]
    [InlineData("17", 10, 17)]
    public void A_limit_of_bad_rows_is_a_number_or_a_share(string text, long rows, long allowed) =>
        Assert.Equal(allowed, BadRowLimit.Parse(text, null).Of(rows));

    [Fact]
    public void A_limit_of_bad_rows_beyond_all_numbers_of_rows_is_refused() =>
        Assert.Contains("orders.maxBadRows", Assert.Throws<ConfigFault>(() => SettingsBinder.Bind(Base().AddPairs(["orders.maxBadRows=10000000000000000000"]))).Message, StringComparison.Ordinal);

    private static SettingsSources Base() => new SettingsSources().AddFile(Path.Combine(Checkout.Conf, "base.json"));

    private string Write(string text)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(path, text);
        return path;
    }
}
