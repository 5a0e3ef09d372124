namespace Cnn.CompilerServices;

/// <summary>A kernel over a range of independent floats (elements, or channels of a channels-last map), written once for all widths.</summary>
internal interface IRangeKernel
{
    /// <summary>Works through [<paramref name="from"/>, <paramref name="to"/>) as far as whole vectors reach.</summary>
    /// <returns>The first index that is left.</returns>
    nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
