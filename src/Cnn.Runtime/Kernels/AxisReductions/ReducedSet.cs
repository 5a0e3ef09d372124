namespace Cnn.CompilerServices;

/// <summary>The positions that become one: up to three nested loops, and where each of their steps leads.</summary>
/// <param name="outer">How often the outermost loop runs.</param>
/// <param name="outerStep">Floats of one of its steps.</param>
/// <param name="middle">The same of the next.</param>
/// <param name="middleStep">The same of the next.</param>
/// <param name="inner">The same of the innermost.</param>
/// <param name="innerStep">The same of the innermost.</param>
internal readonly struct ReducedSet(nint outer, nint outerStep, nint middle, nint middleStep, nint inner, nint innerStep)
{
    public nint Outer => outer;

    public nint Middle => middle;

    public nint Inner => inner;

    public nint InnerStep => innerStep;

    /// <summary>How many positions they are.</summary>
    public nint Count => outer * middle * inner;

    /// <summary>Where a row of the innermost loop begins.</summary>
    public nint Row(nint atOuter, nint atMiddle) => (atOuter * outerStep) + (atMiddle * middleStep);
}
