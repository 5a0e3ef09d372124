using Cnn.Peers.Tests.Graphs;
using Onnx;

namespace Cnn.Peers.Tests.Judging;

/// <summary>Makes a failing graph small: fewer steps at its end, then at its start, then single nodes left out, as long as it fails in the same way.</summary>
internal static class Shrinking
{
    private const int MostRounds = 4;

    public static (GraphCase Case, Verdict Verdict) Shrink(GraphDraft draft, Verdict verdict)
    {
        (GraphCase Case, Verdict Verdict) smallest = (GraphCase.Of(draft), verdict);
        smallest = Smaller(smallest, [.. draft.Values.Skip(1).Select(output => Between(draft, smallest.Case.Model, draft.Input, output))]);
        string last = smallest.Case.Model.Graph.Output[0].Name;
        GraphValue end = draft.Values.First(value => value.Name == last);
        smallest = Smaller(smallest, [.. draft.Values.Skip(1).Where(start => start != end).Select(start => Between(draft, smallest.Case.Model, start, end))]);
        for (int round = 0; round < MostRounds; round++)
        {
            (GraphCase Case, Verdict Verdict) before = smallest;
            smallest = Smaller(smallest, [.. Enumerable.Range(0, before.Case.Model.Graph.Node.Count).SelectMany(node => Without(draft, before.Case, node))]);
            if (smallest == before)
                break;
        }

        return smallest;
    }

    private static (GraphCase Case, Verdict Verdict) Smaller((GraphCase Case, Verdict Verdict) current, IReadOnlyList<GraphCase?> candidates)
    {
        GraphCase[] fewer = [.. candidates.OfType<GraphCase>().Where(candidate => candidate.Model.Graph.Node.Count < current.Case.Model.Graph.Node.Count)];
        return fewer.Zip(Judge.Run(fewer))
            .Where(pair => pair.Second.Outcome == current.Verdict.Outcome)
            .OrderBy(pair => pair.First.Model.Graph.Node.Count)
            .Append(current)
            .First();
    }

    /// <summary>What leads from one value to another, or null if something else leads there too.</summary>
    private static GraphCase? Between(GraphDraft draft, ModelProto model, GraphValue start, GraphValue end)
    {
        List<NodeProto> nodes = Needed(model.Graph.Node, start.Name, end.Name);
        bool isAlone = nodes.Count > 0 && (start == draft.Input || !nodes.Any(node => node.Input.Contains(draft.Input.Name)));
        return isAlone ? new GraphCase(draft.Model(nodes, [(start.Name, start.Shape)], end.Name, draft.IsBatchOpen), start, end.Tolerance) : null;
    }

    private static IEnumerable<GraphCase?> Without(GraphDraft draft, GraphCase given, int index)
    {
        NodeProto left = given.Model.Graph.Node[index];
        foreach (string source in left.Input.Where(name => name.Length > 0 && !draft.Constants.ContainsKey(name)))
        {
            List<NodeProto> nodes = [.. given.Model.Graph.Node.Where(node => node != left).Select(node => Renamed(node, left.Output[0], source))];
            string output = given.Model.Graph.Output[0].Name == left.Output[0] ? source : given.Model.Graph.Output[0].Name;
            nodes = Needed(nodes, given.Input.Name, output);
            if (nodes.Count > 0)
                yield return given with { Model = draft.Model(nodes, [(given.Input.Name, given.Input.Shape)], output, draft.IsBatchOpen) };
        }
    }

    private static NodeProto Renamed(NodeProto node, string from, string to)
    {
        NodeProto copy = node.Clone();
        for (int index = 0; index < copy.Input.Count; index++)
        {
            if (copy.Input[index] == from)
                copy.Input[index] = to;
        }

        return copy;
    }

    private static List<NodeProto> Needed(IReadOnlyList<NodeProto> nodes, string start, string end)
    {
        HashSet<string> wanted = [end];
        List<NodeProto> needed = [];
        foreach (NodeProto node in nodes.Reverse().Where(node => node.Output.Any(output => output.Length > 0 && output != start && wanted.Contains(output))))
        {
            needed.Insert(0, node);
            wanted.UnionWith(node.Input);
        }

        return needed;
    }
}
