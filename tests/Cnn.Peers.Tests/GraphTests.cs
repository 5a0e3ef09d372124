using Cnn.Peers.Tests.Graphs.Operators;
using Cnn.Peers.Tests.Judging;
using Cnn.Peers.Tests.Support;
using Cnn.Tool.Importing.Onnx.Operators;

namespace Cnn.Peers.Tests;

/// <summary>Random ONNX graphs, imported and compared with ONNX Runtime.</summary>
public sealed class GraphTests
{
    /// <summary>Of the graphs that are drawn; the rest are those in which no step was taken.</summary>
    private const double LeastCompared = 0.9;

    [Fact]
    public void Every_operator_that_the_importer_knows_is_drawn() =>
        Assert.Empty(OperatorTable.All.Keys.Except(OperatorDrawing.All.Select(entry => entry.Operator.Split(' ')[0])));

    [Fact]
    public void A_graph_that_is_imported_computes_what_ONNX_Runtime_does_and_any_other_is_refused_by_operator()
    {
        GraphHunt hunt = new(RunSettings.Seed);
        int[] indices = RunSettings.OnlyGraph is { } only ? [only] : [.. Enumerable.Range(0, RunSettings.Graphs)];
        hunt.Run(indices);
        File.WriteAllText(Path.Combine(RunSettings.Folder, "graphs.txt"), hunt.ToString());
        TestContext.Current.TestOutputHelper!.WriteLine(hunt.ToString());
        Assert.True(hunt.Failures == 0 && hunt.Tally.Anonymous.Count == 0, hunt.ToString());
        Assert.True(hunt.Agreeing >= LeastCompared * indices.Length,
            $"Only {hunt.Agreeing} of {indices.Length} graphs were compared: the hunt has gone blind.\n{hunt}");
    }
}
