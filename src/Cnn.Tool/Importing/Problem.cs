namespace Cnn.Tool.Importing;

/// <summary>Why a node of a model cannot be expressed.</summary>
/// <param name="Source">The node, as messages name it: <c>the Conv 'stem'</c>.</param>
/// <param name="Reason">Without a full stop.</param>
internal sealed record Problem(string Source, string Reason)
{
    public override string ToString() => $"{Source}: {Reason}.";
}
