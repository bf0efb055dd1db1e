using System.Globalization;
using RfmSpark.Engine;
using RfmSpark.Intake;
using RfmSpark.Settings;

namespace RfmSpark.Experiments;

/// <summary>An experiment that was made elsewhere: a file with a record for each customer, the arm and the outcomes.</summary>
/// <param name="Paths">The files.</param>
/// <param name="Arm">The column of the arm.</param>
/// <param name="Outcomes">The columns of the outcomes.</param>
/// <param name="Before">The column of what is known from before the start, for CUPED; null for none.</param>
public sealed record ExperimentFile(IReadOnlyList<string> Paths, string Arm, IReadOnlyList<string> Outcomes, string? Before)
{
    private const string Records = "experiment_file", ArmField = "arm", BeforeField = "before", OutcomeField = "outcome_";
    private const int MostArms = 50;

    /// <summary>The outcomes, read as <paramref name="config"/> says of delimiters, encoding and numbers.</summary>
    /// <exception cref="DataFault">The file is missing, lacks a column, or has a record that cannot be read: an experiment without some of its customers says nothing.</exception>
    public IReadOnlyList<ArmOutcome> Measure(IEngine engine, OrdersConfig config)
    {
        var columns = Outcomes.Select((outcome, i) => KeyValuePair.Create(Field(i), outcome)).Prepend(KeyValuePair.Create(ArmField, Arm));
        if (Before is not null) columns = columns.Append(KeyValuePair.Create(BeforeField, Before));
        var files = new SourceFiles(Paths, config.Format, config.Delimiter, config.Quote ?? "", config.Encoding, columns.ToDictionary())
        {
            Subject = "file",
            NamedBy = "--file",
            ColumnRemedy = "Name one of these",
            SettingOf = field => field is ArmField or BeforeField ? "--" + field : "--outcome",
        };
        var fields = new OrderFields(engine.Load(Records, files), config);
        List<ArmOutcome> sums = [];
        for (var i = 0; i < Outcomes.Count; i++)
        {
            var field = Field(i);
            engine.Define(ExperimentTables.Outcomes, Sql.Of("experiment_records").With("outcome", Outcomes[i])
                .With("arm", new SqlExpression(d => fields.Id(d, ArmField)))
                .With("value", new SqlExpression(d => fields.Decimal(d, field)))
                .With("value_before", new SqlExpression(d => Before is null ? $"CAST(0 AS {d.TypeName(ColumnType.Decimal(18, 6))})" : fields.Decimal(d, BeforeField))));
            CheckRecords(engine, Outcomes[i]);
            sums.AddRange(ExperimentEffects.Sums(engine));
        }
        return sums;

        static string Field(int outcome) => OutcomeField + outcome.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The arms with the control among them; equal shares unless <paramref name="shares"/> says others.</summary>
    /// <exception cref="Fault">The control or another arm is missing.</exception>
    public ArmShares ArmsOf(IReadOnlyList<ArmOutcome> sums, string control, IReadOnlyDictionary<string, double> shares)
    {
        var arms = sums.Select(s => s.Arm).Distinct().Order(StringComparer.Ordinal).ToList();
        if (!arms.Contains(control)) throw new ConfigFault($"--control: no record has '{control}' in '{Arm}'; there are {string.Join(", ", arms)}.");
        if (arms.Count == 1) throw new DataFault($"file: every record has '{control}' in '{Arm}', so there is no arm to compare with it.");
        if (shares.Count == 0) return new ArmShares(control, arms.ToDictionary(a => a, _ => 1.0));
        if (shares.Keys.FirstOrDefault(a => !arms.Contains(a)) is { } empty) throw new DataFault($"--share: the arm '{empty}' has no customers in the file; there are {string.Join(", ", arms)}.");
        if (arms.Find(a => !shares.ContainsKey(a)) is { } unsaid) throw new ConfigFault($"--share: the share of '{unsaid}' is missing; give one of each arm, or none.");
        return new ArmShares(control, shares);
    }

    private void CheckRecords(IEngine engine, string outcome)
    {
        var (records, arms, withoutArm, withoutValue, withoutBefore) = engine.Read(Sql.Inline("""
            SELECT CAST(COUNT(*) AS BIGINT), CAST(COUNT(DISTINCT arm) AS BIGINT), CAST(COUNT(CASE WHEN arm IS NULL OR TRIM(BOTH ' ' FROM arm) = '' THEN 1 END) AS BIGINT),
                CAST(COUNT(CASE WHEN value IS NULL THEN 1 END) AS BIGINT), CAST(COUNT(CASE WHEN value_before IS NULL THEN 1 END) AS BIGINT)
            FROM experiment_outcomes
            """), row => (row.Long(0), row.Long(1), row.Long(2), row.Long(3), row.Long(4)))[0];
        if (records == 0) throw new DataFault($"file: {string.Join(", ", Paths)} holds a header and no records.");
        Refuse(withoutArm, "are without an arm in", Arm);
        Refuse(withoutValue, "are without a number in", outcome);
        Refuse(withoutBefore, "are without a number in", Before!);
        if (arms > MostArms) throw new DataFault(string.Create(CultureInfo.InvariantCulture, $"file: '{Arm}' has {arms:N0} values, and arms are {MostArms} at most. Is it the column of the arm?"));

        void Refuse(long bad, string what, string column)
        {
            if (bad > 0)
                throw new DataFault(string.Create(CultureInfo.InvariantCulture,
                    $"file: {bad:N0} of {records:N0} records {what} '{column}'. Mend the file: which customers are missing may depend on the arm."));
        }
    }
}
