using System.Globalization;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing.Blocks;

/// <summary>What [Residual] stands for: a sum with what the block reads, or with a projection of it.</summary>
/// <param name="Sum">The sum.</param>
/// <param name="Projection">The convolution of kernel size 1 that brings the input to the sum's shape; null where it is added as it is.</param>
/// <param name="Norm">The BatchNorm behind it.</param>
internal sealed record Shortcut(Layer Sum, Layer? Projection, Layer? Norm)
{
    /// <summary>The first sum of the layers that [Residual] can stand for, or null.</summary>
    public static Shortcut? Find(IReadOnlyList<Layer> layers, Layer entry)
    {
        foreach (Layer sum in layers.Where(layer => layer.Kind == "Add"))
        {
            foreach ((Layer current, Layer other) in ((Layer, Layer)[])[(sum.Inputs[0], sum.Inputs[1]), (sum.Inputs[1], sum.Inputs[0])])
            {
                Shortcut? shortcut = other == entry ? new Shortcut(sum, null, null) : Projected(layers, entry, sum, other);
                if (shortcut is not null && current != entry && Before(layers, shortcut) == current)
                    return shortcut;
            }
        }

        return null;
    }

    /// <summary>The layer in front of the sum, which has to be what the sum takes as the current tensor.</summary>
    private static Layer? Before(IReadOnlyList<Layer> layers, Shortcut shortcut) =>
        layers.TakeWhile(layer => layer != shortcut.Sum).LastOrDefault(layer => layer != shortcut.Projection && layer != shortcut.Norm);

    /// <summary>A projection as the generator makes it: without bias, with the stride that the lengths need, and a BatchNorm with its defaults.</summary>
    private static Shortcut? Projected(IReadOnlyList<Layer> layers, Layer entry, Layer sum, Layer norm)
    {
        bool isNorm = norm is { Kind: "BatchNorm", Options.Count: 0, Inputs.Count: 1 };
        if (!isNorm || norm.Input is not { Kind: "Conv" } projection || projection.Input != entry || entry.Shape.AsSpan().SequenceEqual(sum.Shape))
            return null;
        bool isOfSizeOne = projection.Arguments is [_, "1"] && projection.Has("Bias", "false")
            && projection.Options.All(option => option.Name is "Bias" or "Stride");
        bool isReadOnce = layers.Count(layer => layer.Inputs.Contains(norm)) == 1 && layers.Count(layer => layer.Inputs.Contains(projection)) == 1;
        string written = projection.Options.FirstOrDefault(option => option.Name == "Stride").Value ?? "1";
        int stride = int.Parse(written, CultureInfo.InvariantCulture);
        bool fits = entry.Shape.Skip(1).Zip(sum.Shape.Skip(1)).All(axis => (axis.First + axis.Second - 1) / axis.Second == stride);
        return isOfSizeOne && isReadOnce && fits ? new Shortcut(sum, projection, norm) : null;
    }
}
