namespace Cnn.CompilerServices;

/// <summary>How many outputs a tile has, and how many taps its kernel, along an axis: together seven, so that all forms have the same six points.</summary>
internal interface IWinogradForm
{
    /// <summary>Outputs of a tile along an axis.</summary>
    static abstract int Outputs { get; }

    /// <summary>Taps of a kernel along an axis.</summary>
    static abstract int Taps { get; }
}
