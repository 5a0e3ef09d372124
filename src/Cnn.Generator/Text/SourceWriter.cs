using System.Text;

namespace Cnn.Generator.Text;

/// <summary>Writes indented source, always with \n, whatever the machine.</summary>
public sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;

    public void Line() => _text.Append('\n');

    /// <summary>Writes one line, or several, each at the current indentation.</summary>
    public void Line(string text)
    {
        foreach (string line in text.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0)
                _text.Append(' ', _indent * 4).Append(line);
            _text.Append('\n');
        }
    }

    /// <summary>Writes a heading and an opening brace; the returned value closes it.</summary>
    public Scope Block(string heading)
    {
        Line(heading);
        return Braces();
    }

    public Scope Braces()
    {
        Line("{");
        _indent++;
        return new Scope(this);
    }

    /// <summary>A heading whose single statement stands indented below it.</summary>
    public void Indented(string heading, string statement)
    {
        Line(heading);
        _indent++;
        Line(statement);
        _indent--;
    }

    public override string ToString() => _text.ToString();

    /// <summary>Closes a block when it is disposed.</summary>
    public readonly struct Scope(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._indent--;
            writer.Line("}");
        }
    }
}
