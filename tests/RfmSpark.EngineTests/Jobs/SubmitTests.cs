namespace RfmSpark.EngineTests.Jobs;

/// <summary>What submit.sh hands to spark-submit, and what it refuses before. The Spark here only prints its arguments.</summary>
public sealed class SubmitTests : IDisposable
{
    private readonly TestJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void Options_of_Spark_go_through_untouched_and_the_command_follows_the_program()
    {
        var arguments = Submitted("--master", "spark://host:7077", "--name", "run", "--num-executors=20", "--supervise", "--conf", "spark.x=a b", "run", "--orders", "a b.csv", "--out", "o");

        Assert.Equal(["--master", "spark://host:7077", "--name", "run", "--num-executors", "20", "--supervise", "--conf", "spark.x=a b"], Between(arguments, "--master", "--class"));
        Assert.Equal(
            [
                "org.apache.spark.deploy.PythonRunner", "--conf", "spark.pyspark.driver.python=dotnet", "spark-internal",
                Path.Combine(Checkout.Root, "artifacts", "app", "RfmSpark.Jobs.dll"), "", "--on-spark",
                "run", "--orders", "a b.csv", "--out", "o",
            ],
            arguments.SkipWhile(a => a != "--class").Skip(1));
    }

    [Fact]
    public void A_default_is_given_only_where_nobody_has_set_it()
    {
        var given = Submitted("--master", "local", "run", "--orders", "a", "--out", "o");
        Assert.Contains("spark.api.mode=classic", given);
        Assert.Contains("spark.log.level=WARN", given);
        Assert.Contains("spark.sql.ansi.enabled=false", given);
        Assert.Contains("spark.sql.session.timeZone=UTC", given);

        Assert.DoesNotContain("spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension", Submitted("--conf", "spark.sql.extensions=x.Y", "run"));
        Assert.DoesNotContain("spark.api.mode=classic", Submitted("--conf=spark.api.mode=connect", "run"));
    }

    // Spark reads the cluster's own spark-defaults.conf where it is given no --properties-file, or is told to (spark-submit --help).
    [Theory]
    [InlineData("adaptive")]
    [InlineData("log", "--properties-file", "mine.conf")]
    [InlineData("log", "--properties-file=mine.conf")]
    [InlineData("log adaptive", "--properties-file", "mine.conf", "--load-spark-defaults")]
    [InlineData("log adaptive", "--extra-properties-file", "mine.conf")]
    public void A_default_gives_way_to_the_files_that_Spark_reads(string given, params string[] options)
    {
        var mine = _job.Write("mine.conf", "spark.log.level:  DEBUG\n#spark.api.mode connect\n");
        _job.Write("spark-4.2.0/conf/spark-defaults.conf", "# of the cluster\n  spark.sql.adaptive.enabled   false\n");

        var arguments = Submitted([.. options.Select(o => o.Replace("mine.conf", mine, StringComparison.Ordinal)), "--master", "local", "run"]);

        Assert.Equal(given.Contains("log", StringComparison.Ordinal), !arguments.Contains("spark.log.level=WARN"));
        Assert.Equal(given.Contains("adaptive", StringComparison.Ordinal), !arguments.Contains("spark.sql.adaptive.enabled=true"));
        Assert.Contains("spark.api.mode=classic", arguments);
    }

    [Theory]
    [InlineData("src/a.cs", true)]
    // Settings are read where they stand: whoever may write them need not be able to build.
    [InlineData("conf/segments.json", false)]
    public void What_is_in_the_program_is_built_again_when_it_changes(string file, bool isBuilt)
    {
        const string building = "Building RfmSpark";
        var checkout = new FakeCheckout(_job);
        Assert.Contains(building, checkout.Submit("--version"), StringComparison.Ordinal);
        Assert.DoesNotContain(building, checkout.Submit("--version"), StringComparison.Ordinal);

        checkout.Write(file, "changed");
        Assert.Equal(isBuilt, checkout.Submit("--version").Contains(building, StringComparison.Ordinal));
    }

    [Fact]
    public void A_terminal_of_another_user_ends_nothing()
    {
        var checkout = new FakeCheckout(_job);
        checkout.Submit("--version");
        // As under su: it is there, but may not be opened. Root may open everything, and becomes somebody else.
        var submit = $"chmod 755 {_job.Folder}; chmod 0 $(tty); setpriv --reuid $(id -u | sed 's/^0$/65534/') bash {checkout.Script} --master local run --orders a --out o";

        var (exitCode, printed) = SubmitProcess.RunIn(
            _job.Folder, "script", ["--quiet", "--return", "--command", submit, "/dev/null"],
            new Dictionary<string, string>(Environment(Home("4.2.0"), Java("17.0.15"))) { ["PATH"] = checkout.Programs });

        Assert.True(exitCode == 0, printed);
        Assert.Matches("terminal: /dev/pts/[0-9]+", printed);
    }

    [Theory]
    [InlineData("--master", "yarn", "--deploy-mode", "cluster", "--archives", "other.zip", "--files", "f.txt")]
    [InlineData("--master=yarn", "--deploy-mode=cluster", "--archives=other.zip", "--files=f.txt")]
    public void On_Yarn_the_driver_may_run_on_the_cluster_with_the_program_and_its_files_shipped(params string[] options)
    {
        var mine = _job.Write("mine.json", "{}");
        var arguments = Submitted([.. options, "run", "--orders", "hdfs:///o", "--out", "hdfs:///t", "--conf", mine]);

        Assert.Equal(["--archives", "other.zip," + Path.Combine(Checkout.Root, "artifacts", "app.tgz#app"), "--files", "f.txt," + mine], Between(arguments, "--archives", "--class"));
        Assert.Equal(
            [
                "--conf", "spark.pyspark.driver.python=./app/dotnet/dotnet", "spark-internal", "app/RfmSpark.Jobs.dll", "", "--on-spark", "run",
                "--orders", "hdfs:///o", "--out", "hdfs:///t", "--conf", "mine.json",
            ],
            arguments.SkipWhile(a => a != "--class").Skip(2));
    }

    [Fact]
    public void Where_the_driver_runs_may_be_said_by_a_property_too()
    {
        var properties = _job.Write("mine.conf", "spark.master yarn\nspark.submit.deployMode cluster\n");
        string[] run = ["run", "--orders", "hdfs:///o", "--out", "hdfs:///t"];

        Assert.Contains("spark.pyspark.driver.python=./app/dotnet/dotnet", Submitted(["--master", "yarn", "--conf", "spark.submit.deployMode=cluster", .. run]));
        Assert.Contains("spark.pyspark.driver.python=./app/dotnet/dotnet", Submitted(["--properties-file", properties, .. run]));
        Assert.Contains("spark.pyspark.driver.python=dotnet", Submitted(["--properties-file", properties, "--deploy-mode", "client", .. run]));
        Refused(2, "no deploy mode cluster", Home("4.2.0"), ["--conf", "spark.master=spark://host:7077", "--conf", "spark.submit.deployMode=cluster", .. run]);
        // Of two Spark takes the last.
        Assert.Contains("spark.pyspark.driver.python=./app/dotnet/dotnet",
            Submitted(["--master", "yarn", "--conf", "spark.submit.deployMode=client", "--conf", "spark.submit.deployMode=cluster", .. run]));
    }

    [Fact]
    public void Configuration_files_for_a_driver_elsewhere_have_names_of_their_own()
    {
        string[] onYarn = ["--master", "yarn", "--deploy-mode", "cluster", "run", "--orders", "hdfs:///o", "--out", "hdfs:///t"];
        var (eu, shop, us) = (_job.Write("eu/mine.json", "{}"), _job.Write("shop.json", "{}"), _job.Write("us/mine.json", "{}"));

        var arguments = Submitted([.. onYarn, "--conf=" + eu, "--conf", shop]);
        Assert.Equal(["--files", $"{eu},{shop}"], Between(arguments, "--files", "--class"));
        Assert.Equal(["--conf", "mine.json", "--conf", "shop.json"], arguments.TakeLast(4));
        Refused(2, "Two files for the driver are named mine.json", Home("4.2.0"), [.. onYarn, "--conf", eu, "--conf", us]);
        Refused(2, "Two files for the driver are named mine.json", Home("4.2.0"), ["--files", "mine.json", .. onYarn, "--conf", eu]);
    }

    [Fact]
    public void Files_and_archives_that_are_set_go_with_those_of_the_job()
    {
        var shop = _job.Write("shop.json", "{}");

        var arguments = Submitted(
            ["--conf", "spark.files=hdfs:///a", "--conf", "spark.archives=hdfs:///b.zip#b", "--master", "yarn", "--deploy-mode", "cluster",
                "run", "--orders", "hdfs:///o", "--out", "hdfs:///t", "--conf", shop]);

        Assert.Contains($"hdfs:///a,{shop}", arguments);
        Assert.Contains(arguments, a => a.StartsWith("hdfs:///b.zip#b,", StringComparison.Ordinal) && a.EndsWith("app.tgz#app", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "no deploy mode cluster", "--master", "spark://host:7077", "--deploy-mode", "cluster", "run")]
    [InlineData(2, "'show' needs no cluster", "--master", "local", "show", "runs")]
    [InlineData(2, "'print' is no command that runs on Spark", "--master", "local", "print")]
    [InlineData(2, "comes a command", "--master", "local")]
    [InlineData(2, "comes a command", "--master")]
    [InlineData(2, "Write --quiet after the command", "--master", "local", "--quiet", "run")]
    public void What_cannot_be_submitted_is_refused_before(int exitCode, string message, params string[] arguments) => Refused(exitCode, message, Home("4.2.0"), arguments);

    [Fact]
    public void A_missing_or_old_Spark_and_Java_are_a_sentence_each()
    {
        string[] run = ["--master", "local", "run", "--orders", "a", "--out", "o"];
        Refused(4, "Set SPARK_HOME to a Spark of version 3.5 or newer", Path.Combine(_job.Folder, "nothing"), run);
        Refused(4, "This is Spark 3.4.3; Spark 3.5 or newer is needed", Home("3.4.3"), run);
        Refused(4, "Java is missing: install Java 17", Home("4.2.0"), run, java: Path.Combine(_job.Folder, "nowhere"));
        Refused(4, "This is Java 11; Spark 4.2.0 needs Java 17 or newer", Home("4.2.0"), run, Java("11.0.28"));
        Refused(4, "This is Java 8; Spark 4.0.1 needs Java 17 or newer", Home("4.0.1"), run, Java("1.8.0_452"));
        Assert.Equal(0, Submit(Home("3.5.9"), run, Java("11.0.28")).ExitCode);
    }

    private List<string> Submitted(params string[] arguments)
    {
        var (exitCode, printed) = Submit(Home("4.2.0"), arguments, Java("17.0.15"));
        Assert.Equal(0, exitCode);
        return [.. printed.Split('\n').Where(line => line.StartsWith('[')).Select(line => line[1..^1])];
    }

    private static (int ExitCode, string Printed) Submit(string home, IReadOnlyList<string> arguments, string java) =>
        SubmitProcess.Run(Environment(home, java), arguments);

    private static Dictionary<string, string> Environment(string home, string java) => new() { ["SPARK_HOME"] = home, ["JAVA_HOME"] = java, ["SPARK_CONF_DIR"] = Path.Combine(home, "conf") };

    private void Refused(int exitCode, string message, string home, string[] arguments, string? java = null)
    {
        var refused = Submit(home, arguments, java ?? Java("17.0.15"));
        Assert.Equal(exitCode, refused.ExitCode);
        Assert.Contains(message, refused.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("[--class]", refused.Printed, StringComparison.Ordinal);
    }

    private string Home(string version) => FakeSpark.Home(_job, version);

    private string Java(string version) => FakeSpark.Java(_job, version);

    private static IEnumerable<string> Between(List<string> arguments, string from, string to) => arguments.SkipWhile(a => a != from).TakeWhile(a => a != to);
}
