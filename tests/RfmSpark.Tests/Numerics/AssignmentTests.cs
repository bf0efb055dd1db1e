using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RfmSpark.Numerics;

namespace RfmSpark.Tests.Numerics;

public sealed class AssignmentTests
{
    [Property(MaxTest = 200)]
    public Property No_other_assignment_is_cheaper() => Prop.ForAll(
        Gen.Choose(1, 5).SelectMany(rows => Gen.Choose(rows, 6).SelectMany(columns => Gen.Choose(0, 20).ArrayOf(rows * columns).Select(costs => (rows, columns, costs)))).ToArbitrary(), input =>
        {
            var costs = new double[input.rows, input.columns];
            for (var i = 0; i < input.costs.Length; i++) costs[i / input.columns, i % input.columns] = input.costs[i];

            var assigned = Assignment.Cheapest(costs);

            Assert.Equal(input.rows, assigned.Distinct().Count());
            Assert.Equal(Cheapest(costs, 0, []), assigned.Select((column, row) => costs[row, column]).Sum());
        });

    [Fact]
    public void More_rows_than_columns_cannot_be_assigned() => Assert.Throws<ArgumentOutOfRangeException>(() => Assignment.Cheapest(new double[3, 2]));

    // Every way to go through the rows.
    private static double Cheapest(double[,] costs, int row, HashSet<int> taken) => row == costs.GetLength(0) ? 0
        : Enumerable.Range(0, costs.GetLength(1)).Where(c => !taken.Contains(c)).Min(c => costs[row, c] + Cheapest(costs, row + 1, [.. taken, c]));
}
