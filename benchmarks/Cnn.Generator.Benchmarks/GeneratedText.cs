using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Benchmarks;

/// <summary>How much C# is generated for a network. Tokens are what a reader reads and the compiler parses: comments and white space are none.</summary>
/// <param name="File">The generated file, or what all files of a network are called together.</param>
/// <param name="Tokens">Tokens of C#.</param>
/// <param name="Characters">Everything, comments too.</param>
internal sealed record GeneratedText(string File, int Tokens, int Characters)
{
    /// <summary>The generated files, one by one.</summary>
    public static GeneratedText Of(SyntaxTree tree) =>
        new(Path.GetFileName(tree.FilePath), tree.GetRoot().DescendantTokens().Count(), tree.Length);

    public static void Print(IEnumerable<GeneratedText> files)
    {
        Console.WriteLine($"{"",-42}{"tokens",10}{"KB",10}");
        foreach (GeneratedText file in files)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.File,-42}{file.Tokens,10:N0}{file.Characters / 1024,10:N0}"));
    }
}
