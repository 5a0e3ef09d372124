using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>What a layer takes.</summary>
/// <param name="Index">Index of the layer that made it in <see cref="ShapedNetwork.Layers"/>.</param>
/// <param name="Layer">Where that layer is written.</param>
/// <param name="Name">That layer's name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Reach">What of the network's input it depends on.</param>
internal sealed record LayerInput(int Index, LayerPath Layer, string Name, TensorShape Shape, Reach Reach)
{
    /// <summary>Depth, height and width.</summary>
    private const int MostAxes = 3;

    /// <summary>Why a layer needs so many numbers per axis, for messages.</summary>
    public string AxesReason => $"its input {Shape} has {LayerFaults.Axes(Shape.Rank)} after the channels";

    /// <summary>Refuses a flat vector where a layer slides over axes, and more axes than the layers with windows know.</summary>
    public bool HasAxes(LayerFaults faults)
    {
        if (Shape.Rank is > 0 and <= MostAxes)
            return true;
        if (Shape.Rank > 0)
        {
            faults.Add(FaultIds.TooManyAxes, null, -1, Layer, faults.Name, Name, Shape.ToString(), Numbers.Text(Shape.Rank));
            return false;
        }

        faults.Add(FaultIds.FlatInput, null, -1, Layer, faults.Name, Name, "the shape " + Shape);
        return false;
    }
}
