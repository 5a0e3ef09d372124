using System.Globalization;
using System.Text;
using Cnn.Peers.Tests.Graphs;
using Cnn.Peers.Tests.Support;
using Google.Protobuf;

namespace Cnn.Peers.Tests.Judging;

/// <summary>One run over many random graphs: everything that is wrong is collected, made small, and told once a kind.</summary>
internal sealed class GraphHunt(uint seed)
{
    /// <summary>Graphs whose networks are compiled together.</summary>
    private const int ChunkSize = 60;

    private const int MostShrunk = 60;

    private readonly OperatorTally _tally = new();
    private readonly Dictionary<Outcome, int> _outcomes = [];
    private readonly SortedDictionary<string, (int Count, string Text)> _failures = new(StringComparer.Ordinal);
    private readonly List<string> _others = [];
    private int _shrunk;

    public OperatorTally Tally => _tally;

    public int Failures => _failures.Values.Sum(failure => failure.Count);

    public int Agreeing => _outcomes.GetValueOrDefault(Outcome.Agrees);

    public int Compared => _outcomes.Values.Sum();

    public void Run(IEnumerable<int> indices)
    {
        GraphDrawing drawing = new(seed, _tally);
        foreach (int[] chunk in indices.Chunk(ChunkSize))
        {
            (int Index, GraphDraft Draft)[] drafts =
                [.. chunk.Select(index => (index, drawing.Draw(index))).Where(drawn => drawn.Item2 is not null).Select(drawn => (drawn.index, drawn.Item2!))];
            IReadOnlyList<Verdict> verdicts = Judge.Run([.. drafts.Select(drawn => GraphCase.Of(drawn.Draft))]);
            foreach (((int index, GraphDraft draft), Verdict verdict) in drafts.Zip(verdicts))
            {
                _outcomes[verdict.Outcome] = _outcomes.GetValueOrDefault(verdict.Outcome) + 1;
                if (verdict.IsFailure)
                    Collect(index, draft, verdict);
                else if (verdict.Outcome != Outcome.Agrees)
                    _others.Add(string.Create(
                        CultureInfo.InvariantCulture, $"{verdict.Outcome} as a whole, graph {index}: {verdict.Detail}\n{GraphText.Of(draft.Model())}"));
            }
        }
    }

    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"CNN_SEED={seed}, opsets 6 to {GraphDrawing.NewestOpset}\n{_tally}\n\n");
        text.AppendJoin(", ", _outcomes.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}")).Append('\n');
        foreach ((int count, string failure) in _failures.Values.OrderByDescending(failure => failure.Count))
            text.Append(CultureInfo.InvariantCulture, $"\n--- {count} times, at first {failure}\n");
        foreach (string other in _others)
            text.Append(CultureInfo.InvariantCulture, $"\n--- {other}\n");
        foreach (string refusal in _tally.Anonymous.Distinct())
            text.Append(CultureInfo.InvariantCulture, $"\n--- a refusal that names no operator: {refusal}\n");
        return text.ToString();
    }

    private void Collect(int index, GraphDraft draft, Verdict verdict)
    {
        (GraphCase smallest, Verdict found) = _shrunk++ < MostShrunk ? Shrinking.Shrink(draft, verdict) : (GraphCase.Of(draft), verdict);
        IEnumerable<string> operators = smallest.Model.Graph.Node.Select(node => node.OpType).Where(type => type is not ("Constant" or "Identity"));
        string kind = $"{found.Outcome}: {string.Join(' ', operators)}";
        if (!_failures.TryGetValue(kind, out (int Count, string Text) known))
        {
            string path = Path.Combine(RunSettings.Folder, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}-graph-{index}.onnx"));
            File.WriteAllBytes(path, smallest.Model.ToByteArray());
            known = (0, string.Create(
                CultureInfo.InvariantCulture,
                $"in graph {index} (CNN_SEED={seed} CNN_GRAPH={index}, {path})\n"
                + $"{found.Outcome}: {found.Detail}\n{GraphText.Of(smallest.Model)}\n{Declared(found.Source)}"));
        }

        _failures[kind] = (known.Count + 1, known.Text);
    }

    private static string Declared(string source) => string.Join('\n', source.Split('\n').Where(line => line.StartsWith('[')));
}
