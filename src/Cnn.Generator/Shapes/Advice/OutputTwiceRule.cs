using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes.Advice;

/// <summary>Outputs that are the same tensor in the same order.</summary>
internal static class OutputTwiceRule
{
    /// <summary>The faults, with places as written.</summary>
    public static IEnumerable<Fault> Find(ShapedNetwork network)
    {
        for (int second = 1; second < network.Outputs.Length; second++)
        {
            ShapedPort port = network.Outputs[second];
            if (network.Outputs.Take(second).FirstOrDefault(first => first.Layer == port.Layer && first.IsChannelsLast == port.IsChannelsLast) is { } first)
                yield return new Fault { Id = FaultIds.OutputTwice, Layer = port.Place, RelatedLayer = first.Place, Arguments = [port.Name, first.Name] };
        }
    }
}
