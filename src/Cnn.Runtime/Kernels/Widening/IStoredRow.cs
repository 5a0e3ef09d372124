namespace Cnn.CompilerServices;

/// <summary>Rows of a matrix in fewer bits, read as floats: of a number the very float that it stands for.</summary>
internal interface IStoredRow
{
    /// <summary>A vector of elements.</summary>
    /// <param name="element">Which is the first, from the start of the matrix.</param>
    /// <param name="factor">What each lane's whole numbers are multiplied with; not read where the elements are floats themselves.</param>
    TVector Load<TSimd, TVector>(nint element, TVector factor)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>The factors of so many lanes.</summary>
    /// <param name="lane">The first of them.</param>
    TVector Factors<TSimd, TVector>(nint lane)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
