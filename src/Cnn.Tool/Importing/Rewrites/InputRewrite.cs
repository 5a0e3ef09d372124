namespace Cnn.Tool.Importing.Rewrites;

/// <summary>An input that everybody reads under the same other axes gets these: a caller's numbers lie the same either way.</summary>
internal static class InputRewrite
{
    public static void Apply(Layer input, LayerReaders readers)
    {
        Layer[] all = [.. readers.All(input)];
        bool isReshaped = input.Kind == "Input" && all.Length > 0 && !input.Has("Layout", Layer.ChannelsLast)
            && all.All(reader => reader.Kind is "Flatten" or "Reshape" && reader.Shape.AsSpan().SequenceEqual(all[0].Shape));
        if (!isReshaped)
            return;
        input.Shape = all[0].Shape;
        foreach (Layer reader in all)
            readers.Bypass(reader);
    }
}
