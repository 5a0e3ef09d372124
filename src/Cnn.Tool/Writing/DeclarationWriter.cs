using System.Text;
using Cnn.Tool.Writing.Blocks;

namespace Cnn.Tool.Writing;

/// <summary>A network's file, as a person would write it.</summary>
internal static class DeclarationWriter
{
    /// <summary>The whole file.</summary>
    /// <param name="declaration">What is written.</param>
    /// <param name="className">The network's class.</param>
    /// <param name="classNamespace">Its namespace, or empty.</param>
    /// <param name="origin">Where it comes from, for the documentation; empty for none.</param>
    public static string Write(Declaration declaration, string className, string classNamespace, string origin)
    {
        StringBuilder text = new();
        text.Append("using Cnn;\n\n");
        if (classNamespace.Length > 0)
            text.Append($"namespace {classNamespace};\n\n");
        if (origin.Length > 0)
            text.Append($"/// <summary>{Escaped(origin)}</summary>\n");
        text.Append("[Network]\n");
        foreach (string line in DeclarationLines.Of(declaration.Order, declaration.Names, null))
            text.Append(line).Append('\n');
        text.Append($"public sealed partial class {className};\n");
        foreach (Block block in declaration.Blocks)
            Write(text, block);
        return text.ToString();
    }

    /// <summary>A block's class, local to its file, so that the blocks of two imported networks can have the same name.</summary>
    private static void Write(StringBuilder text, Block block)
    {
        text.Append("\n[Block]\n");
        foreach (string line in DeclarationLines.Of(block.Layers, block.Names, block.Input))
            text.Append(line).Append('\n');
        text.Append($"file sealed class {block.ClassName}");
        if (block.Constants.Count == 0)
        {
            text.Append(";\n");
            return;
        }

        text.Append("\n{\n");
        foreach (BlockConstant constant in block.Constants)
            text.Append($"    {constant.Declaration}\n");
        text.Append("}\n");
    }

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
