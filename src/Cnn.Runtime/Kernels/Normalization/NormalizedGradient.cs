using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// The gradient of what a norm made before its activation: f'(y) dy with y = f((x - mean) scale + bias), computed again with the bits of the forward pass.
/// To read x, of which the norm's gradient needs every number anyway, costs less than to read y from memory or to write the gradient and read it again.
/// </summary>
internal static class NormalizedGradient
{
    /// <param name="activation">f.</param>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="centred">x - mean.</param>
    /// <param name="scale">inverseDeviation weight.</param>
    /// <param name="bias">The norm's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TActivation, TSimd, TVector>(TActivation activation, TVector dy, TVector centred, TVector scale, TVector bias)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (typeof(TActivation) == typeof(None))
            return dy;
        TVector normalized = TSimd.MultiplyAdd(centred, scale, bias);
        TVector saved = TActivation.UsesOutput ? activation.Forward<TSimd, TVector>(normalized) : normalized;
        return activation.Backward<TSimd, TVector>(dy, saved);
    }

    /// <summary>y = x.</summary>
    public readonly struct None : IActivation
    {
        /// <inheritdoc/>
        public static bool UsesOutput => true;

        /// <inheritdoc/>
        public TVector Forward<TSimd, TVector>(TVector x)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct => x;

        /// <inheritdoc/>
        public TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct => dy;
    }
}
