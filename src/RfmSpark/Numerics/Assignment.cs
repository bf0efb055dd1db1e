namespace RfmSpark.Numerics;

/// <summary>
/// Gives each row a column of its own at the least total cost: the Hungarian method with potentials (Kuhn, "The Hungarian method for the assignment problem", 1955;
/// shortest augmenting paths as in Jonker and Volgenant, 1987).
/// </summary>
public static class Assignment
{
    /// <summary>The column of each row.</summary>
    /// <param name="costs">A row for each thing to be assigned; at least as many columns as rows.</param>
    public static int[] Cheapest(double[,] costs)
    {
        var (rows, columns) = (costs.GetLength(0), costs.GetLength(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, columns, nameof(costs));
        // Row and column 0 stand for "none yet".
        var (ofRow, ofColumn, rowOf) = (new double[rows + 1], new double[columns + 1], new int[columns + 1]);
        for (var row = 1; row <= rows; row++)
        {
            rowOf[0] = row;
            var (column, reached, from) = (0, new bool[columns + 1], new int[columns + 1]);
            var slack = new double[columns + 1];
            Array.Fill(slack, double.PositiveInfinity);
            do
            {
                reached[column] = true;
                var (next, least) = (0, double.PositiveInfinity);
                for (var c = 1; c <= columns; c++)
                {
                    if (reached[c]) continue;
                    var reduced = costs[rowOf[column] - 1, c - 1] - ofRow[rowOf[column]] - ofColumn[c];
                    if (reduced < slack[c]) (slack[c], from[c]) = (reduced, column);
                    if (slack[c] < least) (least, next) = (slack[c], c);
                }
                for (var c = 0; c <= columns; c++)
                {
                    if (!reached[c])
                    {
                        slack[c] -= least;
                        continue;
                    }
                    ofRow[rowOf[c]] += least;
                    ofColumn[c] -= least;
                }
                column = next;
            }
            while (rowOf[column] != 0);
            for (; column != 0; column = from[column]) rowOf[column] = rowOf[from[column]];
        }
        var assigned = new int[rows];
        for (var c = 1; c <= columns; c++) if (rowOf[c] > 0) assigned[rowOf[c] - 1] = c - 1;
        return assigned;
    }
}
