namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class GlobalPoolDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"];

    public override bool Draw(Sketch sketch, string name)
    {
        if (sketch.MapRank < 1)
            return false;
        sketch.Node(name, [sketch.X.Name]);
        return true;
    }
}
