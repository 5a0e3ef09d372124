using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Cnn.Onnx.Tests.Support;
using Cnn.Peers.Tests.Graphs;
using Cnn.Tool.Compiling;
using Cnn.Tool.Importing;

namespace Cnn.Peers.Tests.Judging;

/// <summary>Imports models, compiles the networks together, runs them and compares with ONNX Runtime.</summary>
internal static class Judge
{
    /// <summary>Of a deviation, as numbers that were rounded often have it.</summary>
    private const double LeastRelative = 1e-5;

    public static IReadOnlyList<Verdict> Run(IReadOnlyList<GraphCase> cases)
    {
        Verdict?[] verdicts = new Verdict?[cases.Count];
        (long[] Shape, float[] Numbers)[] expected = new (long[], float[])[cases.Count];
        Dictionary<int, Import> imports = [];
        for (int index = 0; index < cases.Count; index++)
        {
            GraphCase given = cases[index];
            using OnnxRuntimeRun? run = OnnxRuntimeRun.TryLoad(given.Model);
            if (run?.TryRun((given.Input.Name, given.Input.Shape, given.Input.Numbers)) is not { } answer)
            {
                verdicts[index] = new Verdict(Outcome.Illegal);
                continue;
            }

            expected[index] = answer;
            ImportAttempt attempt = ImportAttempt.Of(given.Model, string.Create(CultureInfo.InvariantCulture, $"Net{index}"));
            if (attempt.Import is { } import)
                imports.Add(index, import);
            else
                verdicts[index] = attempt.Crash is { } crash ? new Verdict(Outcome.Crashes, crash.ToString()) : new Verdict(Outcome.Refused, attempt.Refusal!);
        }

        foreach ((int index, Func<INetwork>? create, string errors) in Compiled([.. imports.Select(pair => (pair.Key, pair.Value))]))
        {
            verdicts[index] = create is null
                ? new Verdict(Outcome.DoesNotCompile, errors, imports[index].Source)
                : Compare(cases[index], expected[index].Numbers, create) with { Source = imports[index].Source };
        }

        return [.. verdicts.Select(verdict => verdict!)];
    }

    /// <summary>All at once; where that fails, again without those that the errors name.</summary>
    private static List<(int Index, Func<INetwork>? Create, string Errors)> Compiled(List<(int Index, Import Import)> imports)
    {
        List<(int, Func<INetwork>?, string)> results = [];
        while (imports.Count > 0)
        {
            try
            {
                Assembly assembly = NetworkCompiler.Compile(imports.Select(pair => (pair.Import.ClassName + ".cs", pair.Import.Source)));
                IReadOnlyDictionary<string, Type> types = NetworkCompiler.Networks(assembly);
                return [.. results, .. imports.Select(pair => (pair.Index, (Func<INetwork>?)(() => Create(types, pair.Import)), ""))];
            }
            catch (CompilationException exception)
            {
                string[] errors = exception.Message.Split('\n');
                var faulty = imports.ToLookup(pair => string.Join('\n', errors.Where(error => Regex.IsMatch(error, $@"\b{pair.Import.ClassName}\b"))));
                foreach (IGrouping<string, (int Index, Import Import)> group in faulty.Where(group => group.Key.Length > 0))
                    results.AddRange(group.Select(pair => (pair.Index, (Func<INetwork>?)null, group.Key)));
                if (faulty[""].Count() == imports.Count)
                    throw;
                imports = [.. faulty[""]];
            }
        }

        return results;
    }

    private static INetwork Create(IReadOnlyDictionary<string, Type> types, Import import)
    {
        using MemoryStream weights = new();
        import.Weights.Write(weights);
        weights.Position = 0;
        return NetworkCompiler.Create(types[$"{Reimport.Namespace}.{import.ClassName}"], weights);
    }

    private static Verdict Compare(GraphCase given, float[] expected, Func<INetwork> create)
    {
        try
        {
            INetwork network = create();
            int images = (int)given.Input.Shape[0];
            if (network.InputLength * images != given.Input.Numbers.Length || network.OutputLength * images != expected.Length)
            {
                return new Verdict(
                    Outcome.Differs, $"it takes {network.InputLength} numbers an image and makes {network.OutputLength} instead of {expected.Length / images}");
            }

            float[] outputs = new float[expected.Length];
            using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = images, Threads = 1 });
            predictor.Predict(given.Input.Numbers, outputs);
            return Compare(outputs, expected, given.Tolerance);
        }
        catch (Exception exception)
        {
            return new Verdict(Outcome.Crashes, exception.ToString());
        }
    }

    private static Verdict Compare(float[] outputs, float[] expected, double tolerance)
    {
        double allowed = Math.Max(tolerance, LeastRelative * expected.Max(Math.Abs));
        int worst = 0;
        double largest = -1;
        for (int index = 0; index < expected.Length; index++)
        {
            double error = Math.Abs((double)outputs[index] - expected[index]);
            if (!(error <= largest))
                (worst, largest) = (index, double.IsNaN(error) ? double.PositiveInfinity : error);
        }

        if (largest <= allowed)
            return new Verdict(Outcome.Agrees);
        return new Verdict(
            Outcome.Differs,
            string.Create(
                CultureInfo.InvariantCulture,
                $"element {worst} of {expected.Length}: {outputs[worst]:G7}, and ONNX Runtime has {expected[worst]:G7}; "
                + $"off by {largest:G2}, and {allowed:G2} is allowed"
                + $"\n  ours: {Text(outputs)}\n  ONNX Runtime's: {Text(expected)}"));
    }

    private static string Text(float[] numbers) => string.Join(" ", numbers.Take(8).Select(number => number.ToString("G5", CultureInfo.InvariantCulture)));
}
