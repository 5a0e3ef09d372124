namespace Cnn.Peers.Tests.Graphs.Operators;

/// <summary>How a family of ONNX operators is drawn. A file with a class of this kind is all that a new one needs.</summary>
internal abstract class OperatorDrawing
{
    /// <summary>The operators, or forms in which several nodes make one layer.</summary>
    public abstract IReadOnlyList<string> Operators { get; }

    /// <summary>Every family, by what it draws.</summary>
    public static IReadOnlyList<(string Operator, OperatorDrawing Drawing)> All { get; } =
    [
        .. typeof(OperatorDrawing).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(OperatorDrawing)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (OperatorDrawing)Activator.CreateInstance(type)!)
            .SelectMany(drawing => drawing.Operators.SelectMany(name => Enumerable.Repeat((name, drawing), drawing.Weight))),
    ];

    /// <summary>How often it is drawn: more often what has many attributes.</summary>
    public virtual int Weight => 1;

    /// <summary>The versions of ONNX's operators that have it.</summary>
    /// <param name="name">One of <see cref="Operators"/>.</param>
    public virtual (int First, int Last) Opsets(string name) => (0, int.MaxValue);

    /// <summary>Draws nodes; the last one's first output goes on. ONNX Runtime says whether they are legal, so that attributes may be drawn blindly.</summary>
    /// <param name="sketch">The step, with the value that it follows.</param>
    /// <param name="name">One of <see cref="Operators"/>.</param>
    /// <returns>False where the operator cannot follow.</returns>
    public abstract bool Draw(Sketch sketch, string name);
}
