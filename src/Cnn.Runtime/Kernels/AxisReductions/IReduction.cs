using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>One number of many: how they are brought together, and what of its gradient each of them gets.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IReduction
{
    /// <summary>Whether gradients are computed from the numbers and the result.</summary>
    static abstract bool NeedsValues { get; }

    /// <summary>Whether those that are equal to the result share its gradient.</summary>
    static abstract bool CountsTies { get; }

    /// <summary>What the sum of nothing is.</summary>
    static abstract float Start { get; }

    /// <summary>The sum with one number more, in every lane.</summary>
    TVector Add<TSimd, TVector>(TVector sum, TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>Two sums as one.</summary>
    TVector Join<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>The result from the whole sum.</summary>
    /// <param name="sum">Of all numbers.</param>
    /// <param name="count">How many they are.</param>
    TVector Finish<TSimd, TVector>(TVector sum, float count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>What all numbers of one result have in common of their gradients.</summary>
    /// <param name="dy">Gradient of the result.</param>
    /// <param name="y">The result, where <see cref="NeedsValues"/>.</param>
    /// <param name="ties">How many numbers are equal to it, where <see cref="CountsTies"/>.</param>
    /// <param name="count">How many numbers there are.</param>
    TVector Share<TSimd, TVector>(TVector dy, TVector y, TVector ties, float count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>The gradient of one number.</summary>
    /// <param name="share">Of <see cref="Share"/>.</param>
    /// <param name="x">The number, where <see cref="NeedsValues"/>.</param>
    /// <param name="y">The result, where <see cref="NeedsValues"/>.</param>
    TVector Gradient<TSimd, TVector>(TVector share, TVector x, TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
