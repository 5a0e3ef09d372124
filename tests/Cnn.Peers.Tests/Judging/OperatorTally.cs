using System.Globalization;
using System.Text;
using Cnn.Peers.Tests.Graphs;
using Onnx;

namespace Cnn.Peers.Tests.Judging;

/// <summary>What became of the steps that were drawn, by operator.</summary>
internal sealed class OperatorTally
{
    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly List<string> _anonymous = [];

    public IEnumerable<(string Operator, Row Row)> Rows => _rows.Select(pair => (pair.Key, pair.Value));

    /// <summary>Refusals that name none of the operators of the graph.</summary>
    public IReadOnlyList<string> Anonymous => _anonymous;

    public Row Of(string name)
    {
        if (!_rows.TryGetValue(name, out Row? row))
            _rows[name] = row = new Row();
        return row;
    }

    public void CheckRefusal(GraphDraft draft, string refusal)
    {
        if (!draft.Nodes.Any((NodeProto node) => refusal.Contains(node.OpType, StringComparison.Ordinal)))
            _anonymous.Add($"{refusal}\n{GraphText.Of(draft.Model())}");
    }

    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{"operator",-28}{"drawn",8}{"illegal",9}{"unsuited",9}{"refused",9}{"taken",8}");
        foreach ((string name, Row row) in Rows)
            text.Append(CultureInfo.InvariantCulture, $"\n{name,-28}{row.Drawn,8}{row.Illegal,9}{row.Unsuitable,9}{row.Refused,9}{row.Taken,8}");
        return text.ToString();
    }

    internal sealed class Row
    {
        public int Drawn { get; set; }

        /// <summary>ONNX Runtime does not take it.</summary>
        public int Illegal { get; set; }

        /// <summary>Too large, not finite, ill-conditioned, or the same everywhere.</summary>
        public int Unsuitable { get; set; }

        /// <summary>The importer says that it cannot be expressed.</summary>
        public int Refused { get; set; }

        public int Taken { get; set; }
    }
}
