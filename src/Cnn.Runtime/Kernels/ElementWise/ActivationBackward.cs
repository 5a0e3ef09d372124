using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx[i] = f'(x[i]) dy[i] over a range of elements.</summary>
internal readonly ref struct ActivationBackward<TActivation>(TActivation activation, ref float dy, ref float saved, ref float dx) : IRangeKernel
    where TActivation : struct, IActivation
{
    private readonly TActivation _activation = activation;
    private readonly ref float _dy = ref dy;
    private readonly ref float _saved = ref saved;
    private readonly ref float _dx = ref dx;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TActivation activation = _activation;
        ref float dy = ref _dy;
        ref float saved = ref _saved;
        ref float dx = ref _dx;
        nint i = from;
        for (; i <= to - TSimd.Lanes; i += TSimd.Lanes)
            TSimd.Store(activation.Backward<TSimd, TVector>(TSimd.Load(ref dy, i), TSimd.Load(ref saved, i)), ref dx, i);
        return i;
    }
}
