using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>A model of what customers will do: a row of <c>clv_model</c>.</summary>
internal sealed record ModelFacts(string Model, long Customers, double LogLikelihood, double Aic, double? HeldOutError, double? HeldOutChance, bool IsChosen, string? Note)
{
    internal static IReadOnlyList<ModelFacts> Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT model, customers, log_likelihood, aic, held_out_error, held_out_chance, CASE WHEN is_chosen THEN 1 ELSE 0 END, note
        FROM clv_model
        ORDER BY is_chosen DESC NULLS LAST, aic NULLS LAST, model NULLS FIRST
        """), row => new ModelFacts(row.Text(0)!, row.Long(1), row.Double(2), row.Double(3), row.DoubleOrNull(4), row.DoubleOrNull(5), row.Long(6) == 1, row.Text(7)));
}

/// <summary>What a model predicted of the weeks held out, and what came: a row of <c>clv_validation</c>.</summary>
internal sealed record HeldOut(DateOnly FittedUntil, int Weeks, string Model, string View, int? Bin, double Customers, double Predicted, double Actual)
{
    internal static IReadOnlyList<HeldOut> Read(IEngine engine) => engine.Read(Sql.Inline("""
        SELECT fitted_until, weeks, model, view, bin, customers, predicted, actual
        FROM clv_validation
        ORDER BY view NULLS FIRST, model NULLS FIRST, bin NULLS FIRST
        """), row => new HeldOut(row.Date(0), (int)row.Long(1), row.Text(2)!, row.Text(3)!, (int?)row.LongOrNull(4), row.IsNull(5) ? 0 : row.Double(5), row.Double(6), row.Double(7)));
}
