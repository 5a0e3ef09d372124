using System.Globalization;
using Cnn.Data;

namespace Cnn.Training;

/// <summary>What images must be for a network to be trained or evaluated on them.</summary>
internal static class DatasetChecks
{
    /// <exception cref="ArgumentException">
    /// The network's input has another length, its output is a map, or it has fewer outputs than there are classes.
    /// </exception>
    public static void Fits(INetwork network, ImageDataset images, string argument)
    {
        NetworkSummary summary = network.Summary;
        if (images.ImageLength != network.InputLength)
            throw new ArgumentException($"The images have {CountFormat.Of(images.ImageLength, "float")}, and {summary.Name} takes {network.InputLength}. "
                + "Give images of the network's input shape.", argument);
        int[] output = summary.OutputShape.ToArray();
        if (output.Skip(1).Any(axis => axis != 1))
            throw new ArgumentException($"The output of {summary.Name} is a map of {string.Join('x', output)}, and images with one class each need a vector of "
                + "one output a class. End the network with GlobalAvgPool or Flatten and Linear, "
                + "or train it with Step and look at what Predict gives.", argument);
        if (images.ClassCount > network.OutputLength)
            throw new ArgumentException($"The images have {CountFormat.Of(images.ClassCount, "class", "classes")}, "
                + $"and {summary.Name} has {CountFormat.Of(network.OutputLength, "output")}. Give the last layer one output a class.", argument);
    }

    /// <exception cref="ArgumentException">Inputs or targets are not those of the network.</exception>
    public static void Fits(INetwork network, IExampleSource source, string argument)
    {
        if (source is ImageDataset images)
        {
            Fits(network, images, argument);
            return;
        }

        string name = network.Summary.Name;
        string inputs = string.Join(", ", network.Inputs.Select(static port => $"{port.Name} {port.Length}"));
        if (!source.InputLengths.SequenceEqual(network.Inputs.Select(static port => port.Length)))
            throw new ArgumentException($"The {argument} examples have inputs of {string.Join(", ", source.InputLengths)} floats, and {name} takes: {inputs}. "
                + "Give one input for each, in this order, of its length.", argument);
        if (source.Targets.Count != network.Outputs.Count)
            throw new ArgumentException($"The {argument} examples have {CountFormat.Of(source.Targets.Count, "target")}, and {name} has "
                + $"{CountFormat.Of(network.Outputs.Count, "output")}: {string.Join(", ", network.Outputs.Select(static port => port.Name))}. "
                + "Give a target for each, in this order.", argument);
        for (int output = 0; output < network.Outputs.Count; output++)
        {
            Port port = network.Outputs[output];
            int positions = port.Length / (port.Layout == DataLayout.ChannelsLast ? port.Shape[^1] : port.Shape[0]);
            if (source.Targets[output].IsLabels && source.Targets[output].Length != positions)
                throw new ArgumentException($"The {argument} examples have {source.Targets[output]} for the output {port}, which takes "
                    + $"{CountFormat.Of(positions, "label")}: one for each position.", argument);
        }
    }

    /// <summary>Refuses what no loss and no metric can be made of, before anything is trained.</summary>
    /// <param name="images">Are looked at one by one.</param>
    /// <param name="what">As <c>training</c>.</param>
    /// <param name="argument">The argument's name.</param>
    /// <exception cref="ArgumentException">A number is NaN or infinite; the message names the first.</exception>
    public static void Finite(ImageDataset images, string what, string argument)
    {
        var image = new float[images.ImageLength];
        for (int index = 0; index < images.Count; index++)
        {
            images.CopyImage(index, image);
            int wrong = Array.FindIndex(image, static value => !float.IsFinite(value));
            if (wrong >= 0)
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Element {wrong} of image {index} of the {what} images is {image[wrong]}: "
                        + $"finite numbers are needed. Nothing was changed; clean the data, or leave the image out."), argument);
        }
    }
}
