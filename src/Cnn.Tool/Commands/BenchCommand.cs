using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cnn.Tool.Compiling;
using Cnn.Tool.Measuring;

namespace Cnn.Tool.Commands;

/// <summary>cnn bench: how long a prediction takes on this machine, and where the time goes.</summary>
internal static class BenchCommand
{
    private const int MostBatch = 4096;

    public static Command Create(TextWriter output)
    {
        NetworkSource source = new();
        Option<int> batch = Number("--batch", "Images a call", 1, MostBatch);
        Option<int> threads = Number("--threads", "Threads of the predictor", 1, 256);
        Option<int> rounds = Number("--rounds", "Rounds, of which the median counts", 21, 10_000);
        Command command = new("bench", "Measure the time of a prediction, its share of the machine's multiply-adds a second, and the time of every layer.");
        source.AddTo(command, withWeights: true);
        command.Add(batch);
        command.Add(threads);
        command.Add(rounds);
        command.SetAction(parsed =>
        {
            INetwork network = source.Create(parsed, new ProjectProperties("CnnStepTimes"));
            (int images, int workers) = (parsed.GetValue(batch), parsed.GetValue(threads));
            Write(network, NetworkTiming.Of(network, images, workers, parsed.GetValue(rounds)), images, workers, output);
            return 0;
        });
        return command;
    }

    private static void Write(INetwork network, NetworkTiming timing, int images, int workers, TextWriter output)
    {
        NetworkSummary summary = network.Summary;
        string count = workers == 1 ? "1 thread" : $"{workers} threads";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Name}, batch {images}, {count}, {InstructionSets.Current} kernels: {Time(timing.Seconds)}, {images / timing.Seconds:N0} images/s, "
            + $"{Share(images * summary.MultiplyAdds, timing.Seconds, timing.Peak)} of the FMA peak of {2 * timing.Peak / 1e9:0} GFLOP/s"));
        output.WriteLine();
        output.WriteLine($"{"layer",-32} {"time",10} {"of all",8} {"of peak",8}");
        double all = timing.Steps.Sum(static step => step.Seconds);
        foreach ((LayerSummary? layer, string name, double seconds) in Layers(summary, timing))
        {
            long work = layer?.MultiplyAdds ?? 0;
            string peak = work == 0 ? "" : Share(images * work, seconds, timing.Peak);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {Time(seconds),10} {100 * seconds / all,6:0.0} % {peak,8}"));
        }

        output.WriteLine();
        output.WriteLine("Of peak counts the multiply-adds of direct sums: Winograd's tiles, which need fewer, may exceed it. Times are the first thread's.");
    }

    /// <summary>The steps of a layer together, and those that belong to none by themselves, the longest first.</summary>
    private static IEnumerable<(LayerSummary? Layer, string Name, double Seconds)> Layers(NetworkSummary summary, NetworkTiming timing) => timing.Steps
        .Select(step => (
            Layer: summary.Layers.Where(layer => IsStepOf(step.Step, layer.Name)).MaxBy(static layer => layer.Name.Length), step.Step, step.Seconds))
        .GroupBy(static step => step.Layer?.Name ?? step.Step)
        .Select(static steps => (steps.First().Layer, steps.Key, steps.Sum(static step => step.Seconds)))
        .OrderByDescending(static row => row.Item3);

    /// <summary>A step is a method that is called after its layer: <c>Conv1Forward</c>.</summary>
    private static bool IsStepOf(string step, string layer) => step.StartsWith(layer, StringComparison.OrdinalIgnoreCase);

    private static string Share(long multiplyAdds, double seconds, double peak) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * multiplyAdds / seconds / peak:0} %");

    private static string Time(double seconds) => string.Create(
        CultureInfo.InvariantCulture, $"{(seconds < 1e-3 ? seconds * 1e6 : seconds * 1e3):0.00} {(seconds < 1e-3 ? "us" : "ms")}");

    private static Option<int> Number(string name, string what, int usual, int most) => new(name)
    {
        Description = $"{what}, from 1 to {most}. Default: {usual}.",
        DefaultValueFactory = _ => usual,
        CustomParser = result => Parse(result, name, most),
    };

    private static int Parse(ArgumentResult result, string name, int most)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most)
            return number;
        result.AddError($"{name} is '{result.Tokens[0].Value}': a whole number from 1 to {most} is needed.");
        return 1;
    }
}
