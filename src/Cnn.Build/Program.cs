using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Cnn.Build;

// buildTransitive/Cnn.Weights.targets calls it with a file of options.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    BuildOptions options = BuildOptions.Read(args);
    AssemblyLoadContext.Default.Resolving += (context, name) =>
    {
        string path = Path.Combine(options.Roslyn, name.Name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    };
    Run(options);
    return 0;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
{
    // In the form in which MSBuild recognises errors.
    Console.Error.WriteLine($"CnnWeights : error : {exception.Message.ReplaceLineEndings(" ")}");
    return 1;
}

// Not inlined: what names a type of Roslyn is compiled when it is called, and by then it is known where Roslyn is.
[MethodImpl(MethodImplOptions.NoInlining)]
static void Run(BuildOptions options) => WeightsBuild.Run(options);
