using System.Globalization;
using RfmSpark.Campaigns;
using RfmSpark.Rfm;
using RfmSpark.Runs;
using RfmSpark.Settings;

namespace RfmSpark.EngineTests.Spark;

/// <summary>Orders and settings whose tables must be the same on both engines. The embedded engine makes them once, for all kinds of Spark.</summary>
internal sealed class ParityCase
{
    private static readonly RunClock Clock = new(TimeProvider.System);
    private static readonly string Folder = Directory.CreateTempSubdirectory("rfmspark-parity-").FullName;
    private static readonly Lazy<string> GeneratedOrders = new(Generate);

    // Beside a result of nearly nothing that is left of larger ones.
    private const double NearZero = 1e-12;
    private const string GeneratedFile = "generated", FewFile = "few";

    // What a run says of itself (its number, engine, seconds) differs; the file's path is written in two ways.
    private static readonly string[] Own = ["run", "engine", "seconds", "table_versions", "source"];

    private static readonly Dictionary<string, ParityCase> All = new ParityCase[]
    {
        new("online_retail", "online_retail.csv.gz", "online_retail", "2011-12-10"),
        new(
            "online_retail gross", "online_retail.csv.gz", "online_retail", "2011-06-01", "orders.returns=gross", "orders.duplicates=reject",
            "clusters.method=lloyd", "clusters.features=recency,frequency,monetary,averageOrderValue,tenure,gap", "clusters.choice=silhouette",
            "clv.calibration=1"),
        new(
            "completejourney", "completejourney_transactions_sample.csv.gz", "completejourney", "2018-01-01", "rfm.legend=all-u-need-mart",
            "clusters.outliers=leaveOut", "clusters.outlierRadius=0.3", "clusters.choice=gap", "clv.marginBy=store", "clv.margins.367=0.2",
            "clv.margin=0.3", "clv.horizons=6m,26w", "orders.columns.channel=store_id", "channels.spendFile=" + Spend(), "migration.lookback=6w"),
        new("cdnow_master", "cdnow_master.csv", "cdnow", "1998-07-01", "rfm.frequency=days", "rfm.bins=3", "rfm.legend=klaviyo", "rfm.recencyThresholds=180,365", "clv.calibration=1"),
        new("cdnow_sample", "cdnow_sample.csv", "cdnow", "1997-10-01", "clusters.method=grid", "clusters.scaling=zScore", "clusters.choice=elbow"),
        new("rfm_orders", "rfm_orders.csv", null, "2006-12-31", "orders.columns.amount=revenue", "rfm.edges=quantilePlusOne", "rfm.legend=rfm-0.3", "clusters.k=1", "clv.calibration=1"),
        new(
            "20 customers", "case_study_20_orders.csv", null, "2025-01-01", "clusters.scaling=minMax", "clusters.winsorize=", "clusters.method=lloyd",
            "clusters.personas=composite", "clv.calibration=1"),
        new("nobody bought again", FewFile, null, "2026-02-01", "orders.columns.discount=discount"),
        new("100,000 generated", GeneratedFile, null, "2025-12-31", "orders.columns.order_id=order_id", "clv.calibration=1", "clv.model=bgNbd", "campaigns.budget=50000"),
    }.ToDictionary(c => c._name);

    static ParityCase() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    private readonly string _name;
    private readonly string _file;
    private readonly string _asOf;
    private readonly JobConfig _config;
    private readonly Lazy<Dictionary<string, List<object?[]>>> _expected;

    private ParityCase(string name, string file, string? example, string asOf, params string[] settings)
    {
        // What only the driver does hundreds of times is done a few times: it is the same code beside both.
        (_name, _file, _asOf, _config) = (name, file, asOf, TestJob.Config([.. settings, "clusters.replicates=3", "clusters.restarts=2", "clusters.mostClusters=6"], example));
        _expected = new Lazy<Dictionary<string, List<object?[]>>>(Embedded);
    }

    internal static IEnumerable<string> Names => All.Keys;

    /// <summary>One case of each set of orders: a second one has other settings, and few orders other gaps, which where the work is done does not change.</summary>
    internal static IEnumerable<string> DataSets => All.Values.Where(c => c._file != FewFile).DistinctBy(c => c._file).Select(c => c._name);

    /// <summary>Cases for a kind of Spark, each with the number of parts into which it cuts what it moves: the one that goes with that kind or, on request, every one.</summary>
    internal static IEnumerable<(string Name, int Partitions)> Cut(IEnumerable<string> names, int usual)
    {
        int[] partitions = Environment.GetEnvironmentVariable("RFMSPARK_PARITY") == "all" ? [1, SparkFixture.Partitions, SparkFixture.ManyPartitions] : [usual];
        return names.SelectMany(name => partitions.Select(parts => (name, parts)));
    }

    /// <summary>The same for a theory.</summary>
    internal static TheoryData<string, int> Theory(IEnumerable<(string Name, int Partitions)> cases)
    {
        var theory = new TheoryData<string, int>();
        foreach (var (name, partitions) in cases) theory.Add(name, partitions);
        return theory;
    }

    internal static ParityCase Of(string name) => All[name];

    /// <summary>The tables that <paramref name="engine"/> publishes are those of the embedded one.</summary>
    internal void Check(IEngine engine)
    {
        var output = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        Publish(engine, output);
        foreach (var table in Tables.Published) Equal(_expected.Value[table.Name], Rows(output, table), table);
        Directory.Delete(output, recursive: true);
    }

    /// <summary>The same of the tables as they lie in <paramref name="engine"/>, before they are published: most of a small run is Delta Lake's commits, which other cases look at.</summary>
    internal void CheckUnpublished(IEngine engine)
    {
        var reading = new ReadingEngine(engine);
        Publish(reading, Path.Combine(Folder, "nothing is published"));
        foreach (var table in Tables.Published) Equal(_expected.Value[table.Name], reading.Rows[table.Name], table);
    }

    private Dictionary<string, List<object?[]>> Embedded()
    {
        var output = Path.Combine(Folder, "embedded " + _name);
        using var engine = new DuckDbEngine();
        Publish(engine, output);
        return Tables.Published.ToDictionary(table => table.Name, table => Rows(output, table));
    }

    private void Publish(IEngine engine, string output)
    {
        var pipeline = new Pipeline(
            engine, _config, SegmentsFile.Read(Path.Combine(Checkout.Conf, "segments.json")),
            CampaignsFile.Read(Path.Combine(Checkout.Conf, "campaigns.json")), new RecordingLog());
        var input = pipeline.Read([_file switch { GeneratedFile => Generated(), FewFile => Few(), _ => Requires.Data(_file) }]);
        pipeline.Publish(input, DateOnly.Parse(_asOf, CultureInfo.InvariantCulture), output, Clock);
    }

    // Spend that goes with the months, on two stores as if they were channels.
    private static string Spend()
    {
        var path = Path.Combine(Folder, "spend.csv");
        File.WriteAllLines(
            path,
            Enumerable.Range(1, 12)
                .SelectMany(month => new[] { $"367,2017-{month:00},{100 + (7 * month)}", $"406,2017-{month:00}-15,{300 - (11 * (month % 5))}" })
                .Prepend("channel,month,spend"));
        return path;
    }

    // Three customers, one of them with a return alone, and no discount known.
    private static string Few()
    {
        var path = Path.Combine(Folder, "few.csv");
        File.WriteAllLines(path, ["customer_id,order_date,amount,discount", "A,2026-01-01,10,", "B,2026-01-05,20.5,", "C,2026-01-20,-5,"]);
        return path;
    }

    /// <summary>Orders of 100,000 customers, in one file for all tests.</summary>
    internal static string Generated() => GeneratedOrders.Value;

    private static string Generate()
    {
        var path = Path.Combine(Folder, "generated.parquet");
        Assert.Equal(0, JobProcess.Run("generate", "--customers", "100000", "--out", path).ExitCode);
        return path;
    }

    // Both are read by the embedded engine, so that what differs was written differently.
    private static List<object?[]> Rows(string output, Table table)
    {
        using var reader = new DuckDbEngine();
        var columns = reader.Open("opened", Path.Combine(output, table.Name))!;
        Assert.Equal(table.Columns.Select(c => (c.Name, c.Type)), columns.Select(c => (c.Name, c.Type)));
        return Rows(reader, table, "opened");
    }

    private static List<object?[]> Rows(IEngine engine, Table table, string name)
    {
        var compared = table.Columns.Where(c => !Own.Contains(c.Name)).Select(c => c.Name).ToList();
        List<object?[]> rows = [.. engine.Read(Sql.Inline($"SELECT {string.Join(", ", compared)} FROM {name}"), row => Enumerable.Range(0, compared.Count).Select(row.Value).ToArray())];
        rows.Sort(InOrder);
        return rows;
    }

    private static int InOrder(object?[] a, object?[] b) =>
        a.Zip(b, (x, y) => x is string text ? string.CompareOrdinal(text, (string?)y) : Comparer<object?>.Default.Compare(x, y))
            .FirstOrDefault(order => order != 0);

    private static void Equal(List<object?[]> expected, List<object?[]> actual, Table table)
    {
        Assert.True(expected.Count == actual.Count, $"{table.Name}: {expected.Count} rows and {actual.Count}");
        for (var i = 0; i < expected.Count; i++)
            for (var c = 0; c < expected[i].Length; c++)
            {
                var same = expected[i][c] is double a && actual[i][c] is double b ? Math.Abs(a - b) <= Math.Max(1e-9 * Math.Abs(a), NearZero) : Equals(expected[i][c], actual[i][c]);
                Assert.True(same, $"{table.Name}, row {i}, column {c}: {expected[i][c]} on one engine, {actual[i][c]} on the other, in {string.Join("|", expected[i])}");
            }
    }

    /// <summary>An engine whose tables are read when they are to be published.</summary>
    private sealed class ReadingEngine(IEngine inner) : ForwardingEngine(inner)
    {
        internal Dictionary<string, List<object?[]>> Rows { get; } = [];

        public override long Save(Table table, Publication publication)
        {
            Rows[table.Name] = ParityCase.Rows(this, table, table.Name);
            return 0;
        }
    }
}
