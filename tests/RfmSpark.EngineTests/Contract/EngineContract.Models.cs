using System.Globalization;
using RfmSpark.Clv;

namespace RfmSpark.EngineTests.Contract;

/// <summary>What models say in SQL is what they say here.</summary>
public abstract partial class EngineContract
{
    public static TheoryData<PurchaseModel> ModelsInSql =>
    [
        new BgNbd(0.2426, 4.4136, 0.7929, 2.4259),
        new MbgNbd(0.5250, 6.1835, 0.8911, 1.6143),
        new BgNbd(40, 0.01, 1e-9, 1e6),
        new Nbd(0.385, 12.08),
    ];

    [SkippableTheory, MemberData(nameof(ModelsInSql), DisableDiscoveryEnumeration = true)]
    public void P_alive_in_SQL_is_that_of_the_model(PurchaseModel model)
    {
        // From those who bought on one day to those who stopped long ago after a purchase each day, whose odds are beyond all doubles.
        PurchaseHistory[] histories =
        [
            new(0, 0, 0), new(0, 0, 38.86), new(1, 0.1429, 0.1429), new(2, 30.43, 38.86), new(29, 38.71, 38.86), new(3, 0.5714, 400), new(700, 100, 100.1429), new(2000, 285.7143, 600),
        ];
        var rows = string.Join(
            " UNION ALL ",
            histories.Select((h, i) => string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT {i} AS n, CAST({h.Repeats} AS DOUBLE) AS x, CAST({h.LastWeek} AS DOUBLE) AS t_x, CAST({h.Weeks} AS DOUBLE) AS t")));

        var inSql = Engine.Read(Sql.Inline($"SELECT {{{{p_alive}}}} FROM ({rows}) AS histories ORDER BY n NULLS FIRST").With("p_alive", model.ProbabilityAliveInSql!), row => row.Double(0));

        Assert.Equal(histories.Select(model.ProbabilityAlive), inSql, (expected, actual) => Math.Abs(actual - expected) <= 1e-12 * expected);
    }
}
