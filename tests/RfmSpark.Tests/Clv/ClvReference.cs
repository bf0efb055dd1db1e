using System.Globalization;
using RfmSpark.Clv;

namespace RfmSpark.Tests.Clv;

/// <summary>Histories and hard cases: tests/data/clv.</summary>
internal static class ClvReference
{
    /// <summary>The CDNOW sample to 1997-09-30, in weeks; or in other units with <paramref name="daysPerUnit"/>.</summary>
    internal static IEnumerable<(PurchaseHistory History, long Customers)> Cdnow(double daysPerUnit = 7) => Rows("cdnow_sample_histories.csv")
        .Select(v => (new PurchaseHistory((int)v[0], v[1] / daysPerUnit, v[2] / daysPerUnit), (long)v[3]));

    /// <summary>Customers with repeat purchases: how many, and what those came to.</summary>
    internal static IEnumerable<(int Repeats, double Spend)> CdnowSpend() => Rows("cdnow_sample_spend.csv").Select(v => ((int)v[0], v[1]));

    internal static IEnumerable<string[]> HardCases() => File.ReadLines(Path.Combine(Checkout.Data, "clv", "hard_cases.csv")).Skip(1).Select(line => line.Split(','));

    internal static PurchaseModel Model(string name, double a, double b, double c = 1, double d = 1) => name switch
    {
        "NBD" => new Nbd(a, b),
        "BG/NBD" => new BgNbd(a, b, c, d),
        "MBG/NBD" => new MbgNbd(a, b, c, d),
        _ => new ParetoNbd(a, b, c, d),
    };

    private static IEnumerable<double[]> Rows(string file) => File.ReadLines(Path.Combine(Checkout.Data, "clv", file)).Skip(1)
        .Select(line => line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray());
}
