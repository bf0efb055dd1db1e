namespace RfmSpark.Engine;

/// <summary>How far an engine is with what it is doing.</summary>
/// <param name="Percent">Of the running statement, 0 to 100; an engine that runs it in several rounds begins each at 0.</param>
/// <param name="Doing">What runs, in a few words: the table that is made, and how many tasks are done where work is cut into tasks.</param>
public readonly record struct EngineProgress(double Percent, string Doing);
