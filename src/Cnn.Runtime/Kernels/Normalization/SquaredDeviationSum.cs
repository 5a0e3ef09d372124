using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>squares[c] = Σ_p (x[p][c] - mean[c])² over a range of channels.</summary>
/// <remarks>The chains and their order are those of <see cref="ColumnChains"/>.</remarks>
internal readonly ref struct SquaredDeviationSum(ref float x, nint positions, nint pitch, ref float mean, ref float squares) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly ref float _mean = ref mean;
    private readonly ref float _squares = ref squares;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => ColumnChains.Sums<SquaredDeviation, TSimd, TVector>(ref _x, from, to, _positions, _pitch, ref _mean, ref _squares);

    /// <summary>(x - mean)².</summary>
    private readonly struct SquaredDeviation : IColumnTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Add<TSimd, TVector>(TVector sum, TVector x, TVector reference)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector deviation = TSimd.Subtract(x, reference);
            return TSimd.MultiplyAdd(deviation, deviation, sum);
        }
    }
}
