using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Units that a worker sums over the images of one group.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImageGroup
{
    /// <summary>Which group.</summary>
    public int Index { get; init; }

    /// <summary>Its first image.</summary>
    public int First { get; init; }

    /// <summary>The image behind its last.</summary>
    public int End { get; init; }

    /// <summary>The worker's first unit.</summary>
    public int FromUnit { get; init; }

    /// <summary>The unit behind its last.</summary>
    public int ToUnit { get; init; }
}
