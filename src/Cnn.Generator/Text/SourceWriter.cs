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
    /// <param name="heading">The line before the brace.</param>
    /// <param name="end">What follows the closing brace.</param>
    public Scope Block(string heading, string end = "")
    {
        Line(heading);
        return Braces(end);
    }

    public Scope Braces(string end = "")
    {
        Line("{");
        _indent++;
        return new Scope(this, end);
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
    public readonly struct Scope(SourceWriter writer, string end) : IDisposable
    {
        public void Dispose()
        {
            writer._indent--;
            writer.Line("}" + end);
        }
    }
}
