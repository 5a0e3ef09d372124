using Cnn.Tool.Importing;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Tool.Writing;

/// <summary>Names of classes and namespaces.</summary>
internal static class ClassNames
{
    /// <summary>After a file: <c>resnet18-v1.onnx</c> gives Resnet18V1.</summary>
    public static string Of(string path)
    {
        string[] parts = [.. Path.GetFileNameWithoutExtension(path).Split(['-', '_', '.', ' '], StringSplitOptions.RemoveEmptyEntries)];
        string name = string.Concat(parts.Select(part => char.ToUpperInvariant(part[0]) + part[1..]).SelectMany(part => part).Where(char.IsAsciiLetterOrDigit));
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : "Net" + name;
    }

    /// <exception cref="ImportException">One of them is no name in C#.</exception>
    public static void Check(string className, string classNamespace)
    {
        if (!IsName(className))
            throw new ImportException($"'{className}' is no name for a class: letters, digits and underscores are needed, and no keyword.");
        if (classNamespace.Length > 0 && !classNamespace.Split('.').All(IsName))
            throw new ImportException($"'{classNamespace}' is no namespace: names joined by dots are needed.");
    }

    private static bool IsName(string text) => SyntaxFacts.IsValidIdentifier(text) && SyntaxFacts.GetKeywordKind(text) == SyntaxKind.None;
}
