using System.Diagnostics;
using Cnn.Generator.Emission;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Benchmarks;

/// <summary>The generator's rooms, one by one.</summary>
internal static class StageBenchmarks
{
    public static IEnumerable<Measurement> Rooms(string name, CSharpCompilation compilation, string type, int repetitions)
    {
        List<double>[] times = [[], [], [], []];
        for (int i = 0; i < repetitions + 2; i++)
        {
            INamedTypeSymbol symbol = CSharpCompilation.Create("User", compilation.SyntaxTrees, compilation.References, compilation.Options).GetTypeByMetadataName(type)!;
            NetworkSpec spec = Time(times[0], () => NetworkReader.Read(symbol, default));
            ShapeResult shapes = Time(times[1], () => ShapeInference.Infer(spec, default));
            PlanResult plan = Time(times[2], () => ExecutionPlanner.Plan(shapes, new EmitOptions(), default));
            Time(times[3], () => NetworkEmitter.Emit(plan, default, default));
        }

        string[] rooms = ["Reading", "Shapes", "Planning", "Emission"];
        return rooms.Select((room, i) => new Measurement($"{room}, {name}", times[i][2..]));
    }

    private static T Time<T>(List<double> times, Func<T> step)
    {
        long start = Stopwatch.GetTimestamp();
        T result = step();
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return result;
    }
}
