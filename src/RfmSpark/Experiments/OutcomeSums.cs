namespace RfmSpark.Experiments;

/// <summary>An outcome of a group of customers, added up on the engine; nothing of a single customer is left in it.</summary>
/// <param name="Customers">The group's size.</param>
/// <param name="Others">Customers whose outcome is neither 0 nor 1.</param>
/// <param name="Total">Σy, y the outcome.</param>
/// <param name="Squares">Σy².</param>
/// <param name="Before">Σx, x what is known of each from before the start.</param>
/// <param name="BeforeSquares">Σx².</param>
/// <param name="Products">Σxy.</param>
public readonly record struct OutcomeSums(long Customers, long Others, double Total, double Squares, double Before, double BeforeSquares, double Products)
{
    /// <summary>Whether the outcome is a yes or a no.</summary>
    public bool IsProportion => Others == 0;

    /// <summary>Mean of y.</summary>
    public double Mean => Total / Customers;

    /// <summary>Mean of x.</summary>
    public double MeanBefore => Before / Customers;

    /// <summary>Σ(y − ȳ)².</summary>
    public double Spread => Math.Max(0, Squares - (Total * Mean));

    /// <summary>Σ(x − x̄)².</summary>
    public double SpreadBefore => Math.Max(0, BeforeSquares - (Before * MeanBefore));

    /// <summary>Σ(x − x̄)(y − ȳ).</summary>
    public double Joint => Products - (Before * Mean);

    /// <summary>Both groups together.</summary>
    public static OutcomeSums operator +(OutcomeSums a, OutcomeSums b) => new(a.Customers + b.Customers, a.Others + b.Others, a.Total + b.Total, a.Squares + b.Squares,
        a.Before + b.Before, a.BeforeSquares + b.BeforeSquares, a.Products + b.Products);

    /// <summary>Both groups together.</summary>
    public static OutcomeSums Add(OutcomeSums left, OutcomeSums right) => left + right;
}
