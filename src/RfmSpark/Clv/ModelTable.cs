using System.Globalization;
using System.Text.Json.Nodes;
using RfmSpark.Clv.Validation;
using RfmSpark.Engine;

namespace RfmSpark.Clv;

/// <summary>The published table of models.</summary>
internal static class ModelTable
{
    internal static void Put(IEngine engine, IReadOnlyList<PurchaseFit> fits, ModelChoice choice, IReadOnlyList<string> dataNotes,
        ExpectedSpend? spend, HeldOut? heldOut, double customers, DateOnly asOf)
    {
        var rows = fits.Select(f => new ModelRow(f.Model.Name, customers, f.Model.ParameterNames, f.Model.Parameters, f.StandardErrors, f.LogLikelihood,
            heldOut?.Error(f.Model), f.Converged, f == choice.Chosen, string.Join("; ", [.. f == choice.Chosen ? dataNotes : [], .. choice.Notes[f]])));
        if (spend is not null)
            rows = rows.Append(new ModelRow("Gamma-Gamma", spend.Spends.Customers, GammaGamma.ParameterNames, spend.Fit.Model.Parameters, spend.Fit.StandardErrors, spend.Fit.LogLikelihood,
                null, spend.Fit.Converged, spend.Model == spend.Fit.Model, SpendNote(spend)));
        engine.Put(Tables.ClvModel, rows, (model, row) =>
        {
            row.Date(asOf);
            row.Text(model.Name);
            row.Long((long)model.Customers);
            row.Text(Json(model.ParameterNames, model.Parameters));
            row.Text(model.StandardErrors is { } errors ? Json(model.ParameterNames, errors) : null);
            row.Double(model.LogLikelihood);
            row.Double((2 * model.Parameters.Count) - (2 * model.LogLikelihood));
            row.Double((model.Parameters.Count * Math.Log(model.Customers)) - (2 * model.LogLikelihood));
            row.DoubleOrNull(model.HeldOut?.Share);
            row.DoubleOrNull(model.HeldOut?.ByChance);
            row.Long(model.Converged ? 1 : 0);
            row.Long(model.IsChosen ? 1 : 0);
            row.Text(model.Note == "" ? null : model.Note);
        });
    }

    private static string SpendNote(ExpectedSpend spend)
    {
        var (r, low, high) = spend.Spends.Correlation();
        return string.Join("; ", [
            .. double.IsNaN(r)
                ? Array.Empty<string>()
                : [string.Create(CultureInfo.InvariantCulture, $"correlation of frequency and spend {r:0.000} ({low:0.000} to {high:0.000})")],
            .. spend.Faults()]);
    }

    private static string Json(IReadOnlyList<string> names, IReadOnlyList<double> values) =>
        new JsonObject(names.Zip(values, (name, value) => KeyValuePair.Create<string, JsonNode?>(name, value))).ToJsonString();

    private sealed record ModelRow(string Name, double Customers, IReadOnlyList<string> ParameterNames, IReadOnlyList<double> Parameters, IReadOnlyList<double>? StandardErrors, double LogLikelihood,
        HeldOutError? HeldOut, bool Converged, bool IsChosen, string Note);
}
