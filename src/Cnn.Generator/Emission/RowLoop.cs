using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes a loop over an axis, or over a worker's part of it.</summary>
internal static class RowLoop
{
    /// <param name="writer">Receives the heading.</param>
    /// <param name="index">The loop's variable.</param>
    /// <param name="count">The length of the axis.</param>
    /// <param name="isDivided">Whether this is part <c>part</c> of <c>parts</c>.</param>
    /// <returns>Closes the loop.</returns>
    public static SourceWriter.Scope Open(SourceWriter writer, string index, int count, bool isDivided)
    {
        string length = Expressions.Number(count);
        if (!isDivided)
            return writer.Block($"for (int {index} = 0; {index} < {length}; {index}++)");
        writer.Line($"int end = {length} * (part + 1) / parts;");
        return writer.Block($"for (int {index} = {length} * part / parts; {index} < end; {index}++)");
    }
}
