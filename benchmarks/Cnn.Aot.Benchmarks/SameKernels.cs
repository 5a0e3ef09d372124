using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Cnn.Aot.Benchmarks;

/// <summary>The same kernels from both compilers: NativeAOT for x86-64-v3 against the JIT held to AVX2, one thread, asked in turn.</summary>
internal sealed class SameKernels(Build build, int rounds)
{
    private static readonly string[][] Rows =
    [
        ["LeNet", "predict", "1"], ["LeNet", "predict", "64"], ["LeNet", "train", "64"],
        ["VggStyle", "predict", "1"], ["ResNet20", "predict", "64"], ["ResNet20", "train", "64"],
    ];

    public void Report()
    {
        string native = build.Native("Cnn.Aot.Timing", "timing"), jitted = build.Jitted("Cnn.Aot.Timing", "timing");
        Console.WriteLine("network      | what    | batch | NativeAOT  | JIT, AVX2  | NativeAOT takes");
        foreach (string[] row in Rows)
        {
            using Process aot = Start(native, row), jit = Start("dotnet", [jitted, .. row]);
            string aotSet = aot.StandardOutput.ReadLine()!, jitSet = jit.StandardOutput.ReadLine()!;
            if (aotSet != jitSet)
                throw new InvalidOperationException($"not the same kernels: NativeAOT runs {aotSet} and the JIT {jitSet}");
            List<double> aotSeconds = [], jitSeconds = [];
            for (int round = 0; round < rounds; round++)
            {
                aotSeconds.Add(Ask(aot));
                jitSeconds.Add(Ask(jit));
            }

            double ours = Statistics.Median(aotSeconds), other = Statistics.Median(jitSeconds);
            Console.WriteLine($"{row[0],-12} | {row[1],-7} | {row[2],5} | {Time(ours),10} | {Time(other),10} | {ours / other:F2} of the time");
        }
    }

    private static double Ask(Process process)
    {
        process.StandardInput.WriteLine();
        return double.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    private static Process Start(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
            start.Environment["DOTNET_EnableAVX512"] = "0";
        return Process.Start(start)!;
    }

    private static string Time(double seconds) => seconds < 1e-3 ? $"{seconds * 1e6:F1} us" : $"{seconds * 1e3:F2} ms";
}
