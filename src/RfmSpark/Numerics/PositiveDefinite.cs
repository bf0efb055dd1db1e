using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace RfmSpark.Numerics;

/// <summary>Symmetric matrices whose eigenvalues are all above zero, such as a covariance.</summary>
public static class PositiveDefinite
{
    /// <summary>The Cholesky factor; null if the matrix is not positive definite, or rounding has made it so.</summary>
    public static Cholesky<double>? Factor(Matrix<double> matrix)
    {
        try
        {
            return matrix.Cholesky();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
