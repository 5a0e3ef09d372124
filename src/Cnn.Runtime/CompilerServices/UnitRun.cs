using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Units that a worker computes for some of the images.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UnitRun
{
    /// <summary>The first image.</summary>
    public int FirstImage { get; init; }

    /// <summary>How many images.</summary>
    public int Images { get; init; }

    /// <summary>The first unit.</summary>
    public int FromUnit { get; init; }

    /// <summary>The unit behind the last.</summary>
    public int ToUnit { get; init; }
}
