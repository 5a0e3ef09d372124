using System.Globalization;
using System.Runtime.CompilerServices;
using Cnn.Aot.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rounds = args is ["--rounds", string count] ? int.Parse(count, CultureInfo.InvariantCulture) : 31;
string benchmarks = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourcePath())!, ".."));
DirectoryInfo folder = Directory.CreateTempSubdirectory("cnn-aot-");
try
{
    Build build = new(benchmarks, folder.FullName);
    new StartUp(build, rounds).Report();
    new SameKernels(build, rounds).Report();
}
finally
{
    folder.Delete(recursive: true);
}

static string SourcePath([CallerFilePath] string path = "") => path;
