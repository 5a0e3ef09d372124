using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Makes epilogues whose types follow from their steps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Epilogue
{
    /// <summary>Nothing is done.</summary>
    public static Unchanged None => default;

    /// <summary>The residual is added.</summary>
    public static ResidualSum Residual => default;

    /// <summary>An activation.</summary>
    /// <param name="activation">With its numbers.</param>
    public static Activated<TActivation> Of<TActivation>(TActivation activation)
        where TActivation : struct, IActivation => new(activation);

    /// <summary>One after the other.</summary>
    /// <param name="first">What is done to the sum.</param>
    /// <param name="second">What is done to what comes of that.</param>
    public static Then<TFirst, TSecond> Of<TFirst, TSecond>(TFirst first, TSecond second)
        where TFirst : struct, IEpilogue
        where TSecond : struct, IEpilogue => new(first, second);
}
