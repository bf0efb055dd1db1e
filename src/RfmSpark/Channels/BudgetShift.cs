namespace RfmSpark.Channels;

/// <summary>A channel whose response to spend is known.</summary>
/// <param name="Spend">Money a month now, above 0.</param>
/// <param name="Roas">Revenue per unit of it.</param>
/// <param name="Response">How revenue answers to it.</param>
public sealed record FundedChannel(double Spend, double Roas, SpendResponse Response);

/// <summary>Moves budget from channels that earn less than the target to those that earn more.</summary>
public static class BudgetShift
{
    private const int Steps = 1000;

    /// <summary>
    /// What to spend on each channel a month, as much in all as now. A channel below <paramref name="targetRoas"/> gives, one at it or above takes, each at most
    /// <paramref name="largestShift"/> of its spend; a small step at a time goes from where the next unit earns least to where it earns most, for as long as that is more.
    /// </summary>
    public static IReadOnlyList<double> Suggest(IReadOnlyList<FundedChannel> channels, double targetRoas, double largestShift)
    {
        var spend = channels.Select(c => c.Spend).ToArray();
        double Left(int i) => (largestShift * channels[i].Spend) - Math.Abs(spend[i] - channels[i].Spend);
        double Marginal(int i) => channels[i].Response.Marginal(spend[i]);
        double Gain(int i, double more) => channels[i].Response.Revenue(spend[i] + more) - channels[i].Response.Revenue(spend[i]);
        while (true)
        {
            var open = Enumerable.Range(0, spend.Length).Where(i => Left(i) > 1e-9 * channels[i].Spend).ToLookup(i => channels[i].Roas < targetRoas);
            if (!open[true].Any() || !open[false].Any()) return spend;
            var (from, to) = (open[true].MinBy(Marginal), open[false].MaxBy(Marginal));
            // Small for both, and not a step too far.
            var moved = Math.Min(Math.Min(channels[from].Spend, channels[to].Spend) / Steps, Math.Min(Left(from), Left(to)));
            if (Gain(to, moved) <= -Gain(from, -moved)) return spend;
            spend[from] -= moved;
            spend[to] += moved;
        }
    }
}
