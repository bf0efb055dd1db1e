using RfmSpark.Engine;

namespace RfmSpark.Clv.Validation;

/// <summary>The published table of what was predicted and what came.</summary>
internal static class ValidationTable
{
    /// <summary>Keeps <c>clv_validation</c>: of every model its purchases, of the <paramref name="chosen"/> one also the weeks and the spend.</summary>
    internal static void Put(IEngine engine, HeldOut? heldOut, PurchaseModel chosen, DateOnly asOf)
    {
        List<Bin> bins = heldOut is null ? [] : [.. Purchases(heldOut), .. OfChosen(engine, heldOut, heldOut.Of(chosen).Fit.Model, asOf)];
        engine.Put(Tables.ClvValidation, bins, (bin, row) =>
        {
            row.Date(asOf);
            row.Date(heldOut!.FittedUntil);
            row.Long(heldOut.Weeks);
            row.Text(bin.Model);
            row.Text(bin.View);
            row.LongOrNull(bin.Number);
            row.Double(bin.Customers);
            row.Double(bin.Predicted);
            row.Double(bin.Actual);
        });
    }

    private static IEnumerable<Bin> Purchases(HeldOut heldOut)
    {
        var groups = heldOut.Counts.Patterns.ToLookup(p => Math.Min(p.Repeats, PurchasePrediction.MostRepeats));
        foreach (var prediction in heldOut.Predictions)
        {
            var name = prediction.Fit.Model.Name;
            yield return new Bin(name, "purchases", null, heldOut.Counts.Patterns.Sum(p => p.Customers), prediction.Total, heldOut.Purchases);
            foreach (var group in groups.OrderBy(g => g.Key))
                yield return new Bin(name, "purchases_by_repeats", group.Key, group.Sum(p => p.Customers), prediction.ByRepeats[group.Key], group.Sum(p => p.PurchasesAfter));
        }
    }

    private static IEnumerable<Bin> OfChosen(IEngine engine, HeldOut heldOut, PurchaseModel model, DateOnly asOf)
    {
        var customers = heldOut.Counts.Patterns.Sum(p => p.Customers);
        var came = engine.Read(Sql.Of("held_out_weeks").With("fitted_until", heldOut.FittedUntil).With("as_of", asOf),
            row => (Week: row.Long(0), Purchases: row.Long(1)))
            .ToDictionary(w => w.Week, w => w.Purchases);
        foreach (var (week, predicted) in PurchasePrediction.ByWeek(model, heldOut.Counts, heldOut.Weeks).Index())
            yield return new Bin(model.Name, "purchases_by_week", week + 1, customers, predicted, came.GetValueOrDefault(week));

        PutExpected(engine, heldOut, model);
        var byPrediction = Spend(engine, heldOut, "predicted");
        yield return new Bin(model.Name, "spend", null, customers, byPrediction.Sum(c => c.Predicted), byPrediction.Sum(c => c.Actual));
        foreach (var (tenth, decile) in SpendRanking.Deciles(byPrediction).Index())
            yield return new Bin(model.Name, "spend_by_decile", tenth + 1, decile.Customers, decile.Predicted, decile.Actual);
        // By what each did spend, for no ranking does better.
        if (SpendRanking.Gini(byPrediction, c => c.Predicted) is { } reached && SpendRanking.Gini(Spend(engine, heldOut, "spend_after"), c => c.Actual) is { } most)
            yield return new Bin(model.Name, "spend_gini", null, customers, reached, most);
        engine.Drop(ClvTables.HeldOutPatterns);
    }

    private static void PutExpected(IEngine engine, HeldOut heldOut, PurchaseModel model) =>
        engine.Put(ClvTables.HeldOutPatterns, heldOut.Counts.Patterns.Zip(ExpectedPurchases.Of(model, heldOut.Counts.Histories, heldOut.Weeks)), (pattern, row) =>
        {
            row.Long(pattern.First.Repeats);
            row.Long(pattern.First.LastDay);
            row.Long(pattern.First.Days);
            row.Double(pattern.Second);
        });

    private static IReadOnlyList<RankedSpend> Spend(IEngine engine, HeldOut heldOut, string rankedBy)
    {
        var parameters = heldOut.Spend.Model.Parameters;
        return engine.Read(Sql.Of("held_out_spend").With("p", parameters[0]).With("q", parameters[1]).With("gamma", parameters[2]).With("cell", ClvTables.Cell(rankedBy)),
            row => new RankedSpend(row.Long(0), (double)row.Decimal(1), (double)row.Decimal(2)));
    }

    private sealed record Bin(string Model, string View, long? Number, double Customers, double Predicted, double Actual);
}
