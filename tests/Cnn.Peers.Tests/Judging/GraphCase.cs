using Cnn.Peers.Tests.Graphs;
using Onnx;

namespace Cnn.Peers.Tests.Judging;

/// <summary>A model and what it is run on.</summary>
/// <param name="Model">One input, one output.</param>
/// <param name="Input">Of all images.</param>
/// <param name="Tolerance">How far an output may be from ONNX Runtime's.</param>
internal sealed record GraphCase(ModelProto Model, GraphValue Input, double Tolerance)
{
    public static GraphCase Of(GraphDraft draft) => new(draft.Model(), draft.Input, draft.Output.Tolerance);
}
