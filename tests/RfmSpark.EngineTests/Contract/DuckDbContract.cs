namespace RfmSpark.EngineTests.Contract;

public sealed class DuckDbContract : EngineContract
{
    protected override IEngine Start() => new DuckDbEngine();
}
