using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Tool.Compiling;

/// <summary>What the generator's rules say to a declaration, without generating anything.</summary>
internal static class DeclarationRules
{
    /// <summary>The shape of every layer, or the faults that keep them from having one.</summary>
    /// <param name="className">The network's class, with its namespace.</param>
    /// <param name="source">The file that declares it.</param>
    public static ShapeResult Infer(string className, string source)
    {
        CSharpCompilation compilation = NetworkCompiler.Declarations([(className + ".cs", source)]);
        NetworkSpec network = NetworkReader.Read(NetworkReader.Named(className, compilation, CancellationToken.None).Single(), CancellationToken.None);
        return ShapeInference.Infer(network, CancellationToken.None);
    }
}
