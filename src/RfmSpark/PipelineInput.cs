using RfmSpark.Channels;
using RfmSpark.Intake;

namespace RfmSpark;

/// <summary>What <see cref="Pipeline.Read"/> has read, for any number of days to be published of.</summary>
/// <param name="Paths">Of the orders, as they were named.</param>
/// <param name="Orders">What they came to.</param>
/// <param name="Spend">What channels cost; null if no file says so.</param>
/// <param name="Time">How long it took to read all this.</param>
public sealed record PipelineInput(IReadOnlyList<string> Paths, OrdersRead Orders, ChannelSpend? Spend, TimeSpan Time);
