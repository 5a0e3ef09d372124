using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>How generated code says where something lies: its trainers, predictors and kernels inherit this.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Addressing
{
    /// <summary>For the classes of the runtime that generated ones derive from.</summary>
    protected Addressing()
    {
    }

    /// <summary>What lies so many floats further on.</summary>
    /// <param name="start">From where.</param>
    /// <param name="offset">Floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static ref float At(ref float start, int offset) => ref Unsafe.Add(ref start, offset);

    /// <summary>What lies so many images further on.</summary>
    /// <param name="start">From where.</param>
    /// <param name="image">Images; all of them may be more floats than an int counts.</param>
    /// <param name="size">Floats of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static ref float At(ref float start, int image, int size) => ref Unsafe.Add(ref start, (nint)image * size);
}
