using System.Diagnostics;
using System.Globalization;

namespace Cnn.Aot.Benchmarks;

/// <summary>From starting a process to the line that it prints: LeNet with its weights in a file, against a program that only prints.</summary>
internal sealed class StartUp(Build build, int rounds)
{
    public void Report()
    {
        string empty = build.Native("Cnn.Aot.Empty", "empty"), answer = build.Native("Cnn.Aot.Answer", "answer");
        string weights = Path.Combine(build.Folder, "lenet.safetensors");
        Run(answer, "write", weights);

        List<double> emptyTimes = [], answerTimes = [];
        for (int round = -3; round < rounds; round++)
        {
            double first = Milliseconds(empty), second = Milliseconds(answer, weights);
            if (round < 0)
                continue;
            emptyTimes.Add(first);
            answerTimes.Add(second);
        }

        double differenceInMedians = Statistics.Median(answerTimes) - Statistics.Median(emptyTimes);
        Console.WriteLine($"weights: {new FileInfo(weights).Length / 1e6:F1} MB; medians of {rounds} rounds");
        Console.WriteLine("program                | start to answer | best     | peak memory");
        Console.WriteLine($"empty                  | {Statistics.Median(emptyTimes),12:F2} ms | {emptyTimes.Min():F2} ms  | {PeakMegabytes(empty):F1} MB");
        Console.WriteLine($"LeNet, weights in file | {Statistics.Median(answerTimes),12:F2} ms | {answerTimes.Min():F2} ms  | {PeakMegabytes(answer, weights):F1} MB");
        Console.WriteLine($"above the empty program: {differenceInMedians:F2} ms");
    }

    private static double Milliseconds(string program, params string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Start(program, arguments);
        _ = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{program} printed nothing");
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        process.WaitForExit();
        return elapsed;
    }

    private static double PeakMegabytes(string program, params string[] arguments) =>
        double.Parse(Run(program, [.. arguments, "--memory"]).Trim().Split('\n')[^1], CultureInfo.InvariantCulture) * 1024 / 1e6;

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
}
