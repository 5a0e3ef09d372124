using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[i] = f(x[i]) over a range of elements.</summary>
internal readonly ref struct ActivationForward<TActivation>(TActivation activation, ref float x, ref float y) : IRangeKernel
    where TActivation : struct, IActivation
{
    private readonly TActivation _activation = activation;
    private readonly ref float _x = ref x;
    private readonly ref float _y = ref y;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TActivation activation = _activation;
        ref float x = ref _x;
        ref float y = ref _y;
        nint i = from;
        for (; i <= to - TSimd.Lanes; i += TSimd.Lanes)
            TSimd.Store(activation.Forward<TSimd, TVector>(TSimd.Load(ref x, i)), ref y, i);
        return i;
    }
}
