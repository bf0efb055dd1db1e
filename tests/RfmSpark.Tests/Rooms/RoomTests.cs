using System.Text.RegularExpressions;

namespace RfmSpark.Tests.Rooms;

/// <summary>The walls of the house: which folder of the product may use which, and what must not be said there.</summary>
public sealed class RoomTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Engine"] = [],
        ["Numerics"] = [],
        ["Settings"] = ["Engine"],
        ["Simulation"] = ["Numerics"],
        ["Intake"] = ["Engine", "Settings"],
        ["Periods"] = ["Engine", "Settings"],
        ["Rfm"] = ["Engine", "Settings", "Numerics", "Periods"],
        ["Clusters"] = ["Engine", "Settings", "Numerics", "Rfm", "Runs"],
        ["Campaigns"] = ["Engine", "Settings"],
        ["Cohorts"] = ["Engine", "Settings", "Periods"],
        ["Clv"] = ["Engine", "Settings", "Numerics"],
        ["Runs"] = ["Engine", "Settings", "Intake"],
        ["Segmentation"] = ["Engine", "Settings", "Rfm"],
        ["Migration"] = ["Engine", "Settings", "Rfm", "Clusters", "Clv", "Runs"],
        ["Prices"] = ["Engine", "Settings"],
        ["Channels"] = ["Engine", "Settings", "Intake"],
        ["Verification"] = ["Engine", "Runs"],
        ["Forgetting"] = ["Engine", "Runs"],
        ["Experiments"] = ["Engine", "Settings", "Intake", "Runs"],
    };

    // In the order in which tables are made; what the pipeline puts together out of all of them lies beside it.
    private static readonly string[] Stages = ["Intake", "Rfm", "Clusters", "Clv", "Segmentation", "Cohorts", "Campaigns", "Channels", "Prices", "Migration", "RfmSpark", "Experiments"];

    public static TheoryData<string> Sources => [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", "RfmSpark"), "*", SearchOption.AllDirectories)
        .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".sql", StringComparison.Ordinal))
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(f => Path.GetRelativePath(Checkout.Root, f))];

    [Theory, MemberData(nameof(Sources))]
    public void The_product_names_no_engine(string file) =>
        Assert.DoesNotMatch("(?i)duck|(?<!Rfm)spark|postgres", File.ReadAllText(Path.Combine(Checkout.Root, file)));

    [Theory, MemberData(nameof(Sources))]
    public void A_room_uses_only_the_rooms_below_it(string file)
    {
        var room = Path.GetRelativePath(Path.Combine("src", "RfmSpark"), file).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : null;
        if (room is null) return;
        var code = Regex.Replace(File.ReadAllText(Path.Combine(Checkout.Root, file)), "//.*", "");
        var used = Regex.Matches(code, @"\bRfmSpark\.(\w+)").Select(m => m.Groups[1].Value);
        // A room before the dot, if it has what stands behind it: settings are named as rooms are.
        var named = Regex.Matches(code, @"(?<![\w.])([A-Z]\w+)\.([A-Z]\w+)").Select(m => (Room: m.Groups[1].Value, Type: m.Groups[2].Value))
            .Where(IsIn).Select(m => m.Room);

        Assert.Empty(used.Concat(named).Except([room, .. MayUse[room]]));

        static bool IsIn((string Room, string Type) name) =>
            MayUse.ContainsKey(name.Room)
            && Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", "RfmSpark", name.Room), name.Type + ".cs", SearchOption.AllDirectories).Any();
    }

    [Fact]
    public void A_table_is_made_of_tables_of_its_own_stage_and_of_those_before()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", "RfmSpark"), "*.sql", SearchOption.AllDirectories).ToList();
        var stages = files.ToDictionary(file => Path.GetFileNameWithoutExtension(file), StageOf, StringComparer.Ordinal);

        foreach (var file in files)
        {
            var reads = Regex.Match(File.ReadAllText(file), "^-- reads (.*)$", RegexOptions.Multiline).Groups[1].Value;
            var later = Regex.Matches(reads, "[a-z_]+").Select(m => m.Value).Where(name => stages.TryGetValue(name, out var stage) && stage > StageOf(file));
            Assert.True(!later.Any(), $"{Path.GetFileName(file)} reads {string.Join(", ", later)}, which a later stage makes.");
        }

        static int StageOf(string file) => Array.IndexOf(Stages, Path.GetFileName(Path.GetDirectoryName(file)) is "Validation" ? "Clv" : Path.GetFileName(Path.GetDirectoryName(file)));
    }

    [Theory]
    [InlineData("src/RfmSpark/Numerics", "customer|segment|order_")]
    [InlineData("src/RfmSpark/Engine", "(?i)recency|segment")]
    [InlineData("src/RfmSpark.DuckDb", "(?i)recency|segment(?!s of)|legend")]
    [InlineData("src/RfmSpark.Spark", "(?i)recency|segment|legend")]
    [InlineData("src/RfmSpark.Postgres", "(?i)duck|(?<!Rfm)spark")]
    public void A_room_does_not_speak_of_what_it_need_not_know(string folder, string words)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)))
            Assert.DoesNotMatch(words, File.ReadAllText(file));
    }
}
