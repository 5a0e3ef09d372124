using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Brings one image from the order of the caller's numbers into channels-last order with a pitch and perhaps a border, and back.</summary>
internal static class ImageOrder
{
    /// <summary>From the caller's order.</summary>
    /// <param name="name">What the method is called.</param>
    /// <param name="what">What is brought, for the formula.</param>
    /// <param name="port">Whose numbers they are.</param>
    /// <param name="source">The caller's numbers.</param>
    /// <param name="destination">Where the positions go.</param>
    /// <param name="divides">Whether workers may divide its rows, where that is worth it.</param>
    public static Step FromCaller(string name, string what, ShapedPort port, Address source, Value destination, bool divides = false)
    {
        TensorLayout layout = destination.Layout;
        if (port.IsChannelsLast)
        {
            KernelCall copy = KernelCall.Of(RuntimeKernel.CopyChannels).In("source", source, CallersLayout(layout)).Numbers(layout.Channels)
                .Out("destination", destination);
            return copy.Numbers(layout.Pitch).Positions().Numbers(layout.Channels, layout.Pitch - layout.Channels).Divided(divides)
                .Step(name, $"Brings {what} [{Formulas.Dimensions(port.CallersShape)}] into channels-last order with its padding");
        }

        string order = destination.Groups == 1 ? string.Empty
            : $", the first channels of all {Formulas.Number(destination.Groups)} groups, then the second ones";
        return FromPlanar(name, $"Brings {what} from planar order [{Formulas.Dimensions(port.CallersShape)}] into channels-last order{order}",
            source, destination, divides);
    }

    /// <summary>Into the caller's order.</summary>
    /// <param name="name">What the method is called.</param>
    /// <param name="what">What is brought, for the formula.</param>
    /// <param name="port">Whose numbers they are; null for planar order.</param>
    /// <param name="source">The positions.</param>
    /// <param name="destination">Where the caller's numbers go.</param>
    public static Step ToCaller(string name, string what, ShapedPort? port, Value source, Address destination)
    {
        TensorLayout layout = source.Layout;
        if (port is not { IsChannelsLast: true })
            return ToPlanar(name, $"Brings {what} into the planar order that the user sees", source, destination);
        KernelCall copy = KernelCall.Of(RuntimeKernel.CopyChannels).In("source", source).Numbers(layout.Pitch)
            .Out("destination", destination, CallersLayout(layout));
        return copy.Numbers(layout.Channels).Positions().Numbers(layout.Channels, 0)
            .Step(name, $"Brings {what} into the channels-last order that the user sees");
    }

    /// <summary>From planes, channel after channel.</summary>
    /// <param name="name">What the method is called.</param>
    /// <param name="formula">Its formula.</param>
    /// <param name="source">The planes.</param>
    /// <param name="destination">Where the positions go.</param>
    /// <param name="divides">Whether workers may divide its rows, where that is worth it.</param>
    public static Step FromPlanar(string name, string formula, Address source, Value destination, bool divides = false)
    {
        KernelCall call = destination.Groups == 1
            ? Planes(RuntimeKernel.PlanarToChannelsLast, source, destination.Interior, destination.Layout)
            : Planes(RuntimeKernel.RegroupPlanes, source, destination.Interior, destination.Layout, destination.Groups);
        return (divides && destination.Layout.IsWorthDividing ? call.Number(RunNumbers.Part).Number(RunNumbers.Parts) : call.Numbers(0, 1)).Step(name, formula);
    }

    /// <summary>Into planes, channel after channel.</summary>
    /// <param name="name">What the method is called.</param>
    /// <param name="formula">Its formula.</param>
    /// <param name="source">The positions.</param>
    /// <param name="destination">Where the planes go.</param>
    public static Step ToPlanar(string name, string formula, Value source, Address destination) =>
        Planes(RuntimeKernel.ChannelsLastToPlanar, source.Interior, destination, source.Layout).Step(name, formula);

    /// <summary>One position after the other, one channel after the other.</summary>
    private static TensorLayout CallersLayout(TensorLayout layout) =>
        TensorLayout.Plain(new TensorShape(layout.Channels, layout.Axes)) with { Pitch = layout.Channels };

    private static KernelCall Planes(RuntimeKernel kernel, Address source, Address destination, TensorLayout layout, int groups = 1)
    {
        int rank = layout.Axes.Length;
        int row = rank == 0 ? 1 : layout.Axes[rank - 1];
        int rowStride = rank >= 2 ? layout.Stride(rank - 2) : row * layout.Pitch;
        int[] channels = groups == 1 ? [layout.Channels] : [groups, layout.Channels / groups];
        return KernelCall.Of(kernel).In("source", source).Out("destination", destination).Numbers(channels)
            .Numbers(row, layout.Positions / row, layout.Pitch, rowStride);
    }
}
