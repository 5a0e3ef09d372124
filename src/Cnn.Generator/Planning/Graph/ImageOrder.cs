namespace Cnn.Generator.Planning;

/// <summary>Brings one image from the planar order of the user's numbers into channels-last order, and back.</summary>
internal static class ImageOrder
{
    /// <summary>From planar order.</summary>
    /// <param name="name">What the method is called.</param>
    /// <param name="formula">Its formula.</param>
    /// <param name="source">The planes.</param>
    /// <param name="destination">Where the positions go.</param>
    /// <param name="layout">How they lie there.</param>
    /// <param name="divides">Whether workers may divide its rows, where that is worth it.</param>
    public static Step FromPlanar(string name, string formula, Address source, Address destination, TensorLayout layout, bool divides = false)
    {
        KernelCall call = Call(RuntimeKernel.PlanarToChannelsLast, source, destination, layout);
        return (divides && layout.IsWorthDividing ? call.Number(RunNumbers.Part).Number(RunNumbers.Parts) : call.Numbers(0, 1)).Step(name, formula);
    }

    /// <summary>Into planar order.</summary>
    /// <param name="name">What the method is called.</param>
    /// <param name="formula">Its formula.</param>
    /// <param name="source">The positions.</param>
    /// <param name="destination">Where the planes go.</param>
    /// <param name="layout">How the positions lie.</param>
    public static Step ToPlanar(string name, string formula, Address source, Address destination, TensorLayout layout) =>
        Call(RuntimeKernel.ChannelsLastToPlanar, source, destination, layout).Step(name, formula);

    private static KernelCall Call(RuntimeKernel kernel, Address source, Address destination, TensorLayout layout)
    {
        int rank = layout.Axes.Length;
        int row = rank == 0 ? 1 : layout.Axes[rank - 1];
        int rowStride = rank >= 2 ? layout.Stride(rank - 2) : row * layout.Pitch;
        return KernelCall.Of(kernel).In("source", source).Out("destination", destination).Numbers(layout.Channels, row, layout.Positions / row, layout.Pitch, rowStride);
    }
}
