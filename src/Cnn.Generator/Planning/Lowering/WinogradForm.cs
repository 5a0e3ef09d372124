using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// One of Winograd's forms: so many outputs of a tile, and taps of a kernel, along an axis. Together they are seven, so that all have six points.
/// </summary>
/// <param name="Outputs">Outputs of a tile along an axis.</param>
/// <param name="Kernel">Taps of a kernel along an axis.</param>
public sealed record WinogradForm(int Outputs, int Kernel)
{
    /// <summary>Points along an axis, and inputs of a tile.</summary>
    public const int AxisPoints = 6;

    /// <summary>Points of a tile.</summary>
    public const int Points = AxisPoints * AxisPoints;

    private static readonly WinogradForm[] Forms = [new(4, 3), new(2, 5)];

    /// <summary>How the literature calls it.</summary>
    public string Name => $"F({OfTile}, {OfKernel})";

    /// <summary>The size of a tile's outputs.</summary>
    public string OfTile => $"{Outputs}x{Outputs}";

    /// <summary>The size of a kernel.</summary>
    public string OfKernel => $"{Kernel}x{Kernel}";

    /// <summary>How many inputs a kernel has behind its first.</summary>
    public int Overlap => Kernel - 1;

    /// <summary>Tiles that cover so many outputs along an axis.</summary>
    public int Tiles(int outputs) => (outputs + Outputs - 1) / Outputs;

    /// <summary>That of a convolution, whether it pays or not; null where none fits.</summary>
    public static WinogradForm? Of(ConvolutionGeometry conv)
    {
        EquatableArray<int> kernel = conv.Window.Kernel;
        return conv.Rank != 2 || conv.Groups != 1 || conv.HasStride || conv.Window.Dilation.Any(static dilation => dilation != 1)
            ? null
            : Array.Find(Forms, form => kernel.All(taps => taps == form.Kernel));
    }
}
