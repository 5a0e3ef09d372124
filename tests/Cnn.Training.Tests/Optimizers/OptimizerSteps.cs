using System.Runtime.InteropServices;

namespace Cnn.Training.Tests.Optimizers;

/// <summary>Steps of an optimiser on arrays.</summary>
internal static class OptimizerSteps
{
    private const int Guard = 16;

    /// <summary>One step with the optimiser's own settings, and states that stand apart.</summary>
    public static void Update(this Optimizer optimizer, ref float w, ref float g, ref float first, ref float second, int count, long step)
    {
        int stride = count + Guard;
        Span<float> states = stackalloc float[2 * stride];
        states.Fill(0.5f);
        MemoryMarshal.CreateSpan(ref first, count).CopyTo(states);
        MemoryMarshal.CreateSpan(ref second, count).CopyTo(states[stride..]);
        optimizer.Update(ref w, ref g, ref states[0], stride, count, optimizer.At(step));
        if (states[count..stride].ContainsAnyExcept(0.5f) || states[(stride + count)..].ContainsAnyExcept(0.5f))
            throw new InvalidOperationException("The step wrote beyond its states.");
        if (optimizer.StateCount > 0)
            states[..count].CopyTo(MemoryMarshal.CreateSpan(ref first, count));
        if (optimizer.StateCount > 1)
            states.Slice(stride, count).CopyTo(MemoryMarshal.CreateSpan(ref second, count));
    }
}
