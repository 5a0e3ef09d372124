using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>What the layer before an output is, as far as a loss minds.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum OutputActivation
{
    /// <summary>Nothing that a loss contains already.</summary>
    Other,

    /// <summary>Cross entropy contains it.</summary>
    Softmax,

    /// <summary>Cross entropy contains it.</summary>
    LogSoftmax,

    /// <summary>Binary cross entropy contains it.</summary>
    Sigmoid,
}
