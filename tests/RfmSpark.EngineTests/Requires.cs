namespace RfmSpark.EngineTests;

/// <summary>
/// What a test needs beside the checkout. Missing, the test is skipped on a laptop, and fails where RFMSPARK_REQUIRE names it, as CI does.
/// </summary>
internal static class Requires
{
    // libduckdb is there for every test: the build brings it.
    private static readonly string[] Known = ["duckdb", "data", "spark", "delta-kernel", "postgres", "chromium", "notebooks", "small-disk"];
    private static readonly string[] Asked = (Environment.GetEnvironmentVariable("RFMSPARK_REQUIRE") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A real data set out of ../shared/data.</summary>
    internal static string Data(string file)
    {
        var path = Path.Combine(Checkout.Root, "..", "shared", "data", file);
        Need("data", File.Exists(path), $"{path} is not there");
        return Path.GetFullPath(path);
    }

    /// <summary>A Spark home with Delta Lake, named by SPARK_HOME.</summary>
    internal static string SparkHome()
    {
        var home = Environment.GetEnvironmentVariable("SPARK_HOME") ?? "";
        Need("spark", File.Exists(Path.Combine(home, "bin", "spark-submit")), "SPARK_HOME names no Spark");
        return home;
    }

    /// <summary>delta-kernel-rs out of the npm package chdb: <c>npm ci</c> in tests/RfmSpark.EngineTests/readers brings it.</summary>
    internal static string DeltaKernel()
    {
        var readers = Path.Combine(Checkout.Root, "tests", "RfmSpark.EngineTests", "readers");
        Need("delta-kernel", Directory.Exists(Path.Combine(readers, "node_modules", "chdb")), "chdb is not installed; run npm ci in tests/RfmSpark.EngineTests/readers");
        return Path.Combine(readers, "read.mjs");
    }

    /// <summary>The programs of a PostgreSQL 15: Debian's package postgresql.</summary>
    internal static string Postgres()
    {
        const string programs = "/usr/lib/postgresql/15/bin";
        Need("postgres", File.Exists(Path.Combine(programs, "initdb")), $"there is no PostgreSQL in {programs}");
        return programs;
    }

    /// <summary>A script that opens pages in Debian's Chromium: <c>npm ci</c> in tests/RfmSpark.EngineTests/browser brings what drives it.</summary>
    internal static string Chromium()
    {
        var browser = Path.Combine(Checkout.Root, "tests", "RfmSpark.EngineTests", "browser");
        Need("chromium", File.Exists("/usr/bin/chromium"), "there is no /usr/bin/chromium; Debian has the package chromium");
        Need("chromium", Directory.Exists(Path.Combine(browser, "node_modules", "axe-core")), "run npm ci in tests/RfmSpark.EngineTests/browser");
        return Path.Combine(browser, "look.mjs");
    }

    /// <summary>What executes a notebook: Debian's packages jupyter-nbconvert, python3-ipykernel and python3-matplotlib, whatever other Python there is.</summary>
    internal static string Notebooks()
    {
        const string nbconvert = "/usr/bin/jupyter-nbconvert";
        Need(
            "notebooks",
            File.Exists(nbconvert)
                && Directory.Exists("/usr/share/jupyter/kernels/python3")
                && Directory.Exists("/usr/lib/python3/dist-packages/matplotlib"),
            $"{nbconvert}, its kernel or matplotlib is not there");
        return nbconvert;
    }

    /// <summary>A folder of limited size, made by .ci/run or by hand: RFMSPARK_SMALL_DISK names it.</summary>
    internal static string SmallDisk()
    {
        var path = Environment.GetEnvironmentVariable("RFMSPARK_SMALL_DISK") ?? "";
        Need("small-disk", Directory.Exists(path), "RFMSPARK_SMALL_DISK names no folder; see tests/data/README.md");
        return path;
    }

    private static void Need(string what, bool there, string missing)
    {
        if (Asked.Except(Known).FirstOrDefault() is { } unknown) Assert.Fail($"RFMSPARK_REQUIRE asks for {unknown}, which no test needs; there are {string.Join(", ", Known)}.");
        if (there) return;
        if (Asked.Contains(what)) Assert.Fail($"RFMSPARK_REQUIRE asks for {what}: {missing}.");
        Skip.If(true, missing);
    }
}
