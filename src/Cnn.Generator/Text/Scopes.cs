namespace Cnn.Generator.Text;

/// <summary>Blocks inside each other, of which the innermost is closed first.</summary>
internal sealed class Scopes : IDisposable
{
    private readonly Stack<SourceWriter.Scope> _open = new();

    public void Add(SourceWriter.Scope scope) => _open.Push(scope);

    public void Dispose()
    {
        while (_open.Count > 0)
            _open.Pop().Dispose();
    }
}
