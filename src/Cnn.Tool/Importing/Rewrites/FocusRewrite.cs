using System.Globalization;

namespace Cnn.Tool.Importing.Rewrites;

/// <summary>
/// Every so many-th row and column of a map, from each start, joined along the channels before a convolution (the Focus of YOLOv5): a PixelUnshuffle, with the
/// convolution's weights in the order of its channels.
/// </summary>
internal static class FocusRewrite
{
    public static bool TryApply(Layer concat, LayerReaders readers)
    {
        if (concat.Kind != "Concat" || concat.Options.Count > 0 || readers.Only(concat) is not { Kind: "Conv" } convolution
            || convolution.Options.Any(static option => option.Name == "Groups"))
            return false;
        Place[] places = [.. concat.Inputs.Select(Of).OfType<Place>()];
        if (places.Length != concat.Inputs.Count || places.Length < 2)
            return false;
        Place first = places[0];
        int factor = first.Factor;
        bool isWhole = places.Length == factor * factor && places.Select(static place => (place.Row, place.Column)).Distinct().Count() == places.Length
            && Array.TrueForAll(places, place => place.Source == first.Source && place.Factor == factor)
            && first.Source.Shape[1] % factor == 0 && first.Source.Shape[2] % factor == 0;
        if (!isWhole)
            return false;
        Tensor weight = convolution.Parameter("weight")!;
        int channels = first.Source.Channels;
        // Input by input: where the channel of a PixelUnshuffle was among those that were joined.
        int[] order = new int[channels * places.Length];
        for (int part = 0; part < places.Length; part++)
        {
            for (int channel = 0; channel < channels; channel++)
                order[(channel * places.Length) + (places[part].Row * factor) + places[part].Column] = (part * channels) + channel;
        }

        int inner = weight.Length / weight.Shape[0] / weight.Shape[1];
        convolution.SetParameter("weight", weight.Picked(weight.Shape, [.. Enumerable.Range(0, weight.Length).Select(index =>
            (index / inner / order.Length * order.Length * inner) + (order[index / inner % order.Length] * inner) + (index % inner))]));
        readers.Become(concat, "PixelUnshuffle", first.Source);
        concat.Arguments = [Literal.Of(factor)];
        return true;
    }

    /// <summary>Of two slices, one of rows and one of columns, in either order.</summary>
    private static Place? Of(Layer layer)
    {
        if (layer.Kind != "Slice" || layer.Input.Kind != "Slice" || layer.Input.Input.Rank != 2)
            return null;
        Dictionary<string, (int Start, int Step)> slices = [];
        foreach (Layer slice in (Layer[])[layer, layer.Input])
        {
            string axis = slice.Options.FirstOrDefault(static option => option.Name == "Axis").Value ?? "1";
            string step = slice.Options.FirstOrDefault(static option => option.Name == "Step").Value ?? "1";
            if (slice.Arguments is not [string start] || !int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out int first))
                return null;
            slices[axis] = (first, int.Parse(step, CultureInfo.InvariantCulture));
        }

        return slices.TryGetValue("2", out (int Start, int Step) rows) && slices.TryGetValue("3", out (int Start, int Step) columns)
            && rows.Step == columns.Step && rows.Step > 1 && rows.Start < rows.Step && columns.Start < columns.Step
            ? new Place(layer.Input.Input, rows.Step, rows.Start, columns.Start)
            : null;
    }

    private sealed record Place(Layer Source, int Factor, int Row, int Column);
}
