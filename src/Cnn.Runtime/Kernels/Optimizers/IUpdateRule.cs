namespace Cnn.CompilerServices;

/// <summary>The arithmetic of an optimiser, written once for all instruction sets.</summary>
internal interface IUpdateRule
{
    /// <summary>One step on a block, one fused pass over the operands.</summary>
    /// <param name="w">Parameters [count], updated in place.</param>
    /// <param name="g">Gradient of the mean loss [count]; read only.</param>
    /// <param name="state0">First state [count], updated in place; not touched by rules without state.</param>
    /// <param name="state1">Second state [count], updated in place; not touched by rules with fewer than two.</param>
    /// <param name="count">Floats, a multiple of 16.</param>
    void Run<TSimd, TVector>(ref float w, ref float g, ref float state0, ref float state1, nint count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
