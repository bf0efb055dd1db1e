using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RfmSpark.Experiments;

/// <summary>
/// How many customers of each stratum each arm gets: as many as its share of the stratum comes to, rounded down or up, and the same of all strata together. Which
/// way is rounded is left to a start out of the experiment's name, so that every customer has the same chance of each arm over all names (systematic sampling; Cox,
/// "A constructive procedure for unbiased controlled rounding", Journal of the American Statistical Association 82, 1987).
/// </summary>
public static class ArmAllotment
{
    private const decimal Starts = 4294967296m;

    /// <summary>
    /// For each stratum the sizes of the arms, the control first: a share <paramref name="holdout"/> of the customers, above 0 and below 1; the other <paramref name="treated"/> arms
    /// have equal shares of the rest.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<long>> Sizes(string name, IReadOnlyList<long> strata, decimal holdout, int treated)
    {
        // The control is a running total of shares, rounded, which gives every stretch of it its share rounded down or up. What is left is dealt round the arms; a share of
        // the rest rounded after the rest was is still its share of all rounded down or up.
        var (start, turn) = StartOf(name);
        var (customers, control, dealt) = (0L, 0L, (long)(turn % (uint)treated));
        List<IReadOnlyList<long>> sizes = [];
        foreach (var stratum in strata)
        {
            customers += stratum;
            var inControl = (long)decimal.Floor((customers * holdout) + start) - control;
            var rest = stratum - inControl;
            sizes.Add([inControl, .. Enumerable.Range(0, treated).Select(arm => Turns(arm, dealt + rest) - Turns(arm, dealt))]);
            control += inControl;
            dealt += rest;
        }
        return sizes;

        // How many of the first deals are an arm's.
        long Turns(int arm, long deals) => (deals + treated - 1 - arm) / treated;
    }

    private static (decimal Start, uint Turn) StartOf(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return (BinaryPrimitives.ReadUInt32BigEndian(hash) / Starts, BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(4)));
    }
}
