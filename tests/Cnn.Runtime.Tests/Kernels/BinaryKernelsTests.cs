using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class BinaryKernelsTests
{
    private const int Positions = 5;
    private const int Channels = 19;
    private const int Pitch = 24;

    /// <summary>The function, and its partial derivatives times dy.</summary>
    private static readonly Dictionary<string, (Func<double, double, double> Value, Func<double, double, double> First, Func<double, double, double> Second)>
        Functions = new()
        {
            ["Add"] = ((a, b) => a + b, (_, _) => 1, (_, _) => 1),
            ["Subtract"] = ((a, b) => a - b, (_, _) => 1, (_, _) => -1),
            ["Multiply"] = ((a, b) => a * b, (_, b) => b, (a, _) => a),
            ["Divide"] = ((a, b) => a / b, (_, b) => 1 / b, (a, b) => -a / (b * b)),
            ["Maximum"] = (Math.Max, (a, b) => Share(a, b), (a, b) => Share(b, a)),
            ["Minimum"] = (Math.Min, (a, b) => Share(b, a), (a, b) => Share(a, b)),
        };

    /// <summary>Which of positions and channels each operand is repeated over.</summary>
    public static TheoryData<string, int> Repetitions
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string name in Functions.Keys)
            {
                for (int bits = 0; bits < 16; bits++)
                    data.Add(name, bits);
            }

            return data;
        }
    }

    private static bool[] Flags(int bits) => [.. Enumerable.Range(0, 4).Select(bit => (bits >> bit & 1) != 0)];

    [Theory]
    [MemberData(nameof(Repetitions))]
    public void A_result_repeats_what_is_short(string name, int repetition)
    {
        bool[] r = Flags(repetition);
        float[] a = Operand(1);
        float[] b = Operand(2);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(Positions * Pitch);
            Run(name, new ForwardRun(a, r[0], r[1], b, r[2], r[3], output));
            return TestData.Written(output);
        });
        ForEach((p, c) => Tolerance.Elementwise(
            0.5, Functions[name].Value(a[At(p, c, r[0], r[1])], b[At(p, c, r[2], r[3])]), y[(p * Pitch) + c]));
    }

    [Theory]
    [MemberData(nameof(Repetitions))]
    public void The_gradient_of_a_repeated_operand_is_a_sum(string name, int repetition)
    {
        bool[] r = Flags(repetition);
        foreach (bool isFirst in new[] { true, false })
        {
            float[] dy = TestData.Uniform(Positions * Pitch, 1);
            float[] a = Operand(2);
            float[] b = Operand(3);
            float[] before = TestData.Uniform(Positions * Pitch, 4);
            (bool positions, bool channels) = isFirst ? (r[0], r[1]) : (r[2], r[3]);
            float[] dx = EverySet.Run(() =>
            {
                float[] output = TestData.Output(before.Length);
                before.CopyTo(output, 0);
                Run(name, new SumRun(isFirst, dy, a, r[0], r[1], b, r[2], r[3], output));
                return TestData.Written(output);
            });
            Dictionary<int, (double Sum, double Magnitude)> expected = [];
            Func<double, double, double> slope = isFirst ? Functions[name].First : Functions[name].Second;
            ForEach((p, c) =>
            {
                int at = At(p, c, positions, channels);
                (double sum, double magnitude) = expected.GetValueOrDefault(at, (before[at], Math.Abs(before[at])));
                double term = dy[(p * Pitch) + c] * slope(a[At(p, c, r[0], r[1])], b[At(p, c, r[2], r[3])]);
                expected[at] = (sum + term, magnitude + Math.Abs(term));
            });
            foreach ((int at, (double sum, double magnitude)) in expected)
                Tolerance.Accumulated((Positions * Channels) + 4, sum, magnitude, dx[at]);
        }
    }

    [Theory]
    [MemberData(nameof(Repetitions))]
    public void The_gradient_of_a_whole_operand_is_that_of_each_element(string name, int repetition)
    {
        bool[] r = Flags(repetition);
        bool isFirst = !r[0] && !r[1];
        if (!isFirst && (r[2] || r[3]))
            return;
        float[] dy = TestData.Uniform(Positions * Pitch, 1);
        float[] a = Operand(2);
        float[] b = Operand(3);
        float[] dx = EverySet.Run(() =>
        {
            float[] output = TestData.Output(Positions * Pitch);
            Run(name, new GradientRun(isFirst, dy, a, r[0], r[1], b, r[2], r[3], output));
            return TestData.Written(output);
        });
        Func<double, double, double> slope = isFirst ? Functions[name].First : Functions[name].Second;
        ForEach((p, c) => Tolerance.Elementwise(
            2, dy[(p * Pitch) + c] * slope(a[At(p, c, r[0], r[1])], b[At(p, c, r[2], r[3])]), dx[(p * Pitch) + c]));
    }

    private static double Share(double winner, double loser) => winner > loser ? 1 : winner == loser ? 0.5 : 0;

    private static void ForEach(Action<int, int> element)
    {
        for (int p = 0; p < Positions; p++)
        {
            for (int c = 0; c < Channels; c++)
                element(p, c);
        }
    }

    /// <summary>Away from 0, with values that both operands have.</summary>
    private static float[] Operand(int seed) =>
        [.. TestData.Uniform(Positions * Pitch, seed).Select((value, index) => index % 7 == 0 ? 1.5f : value + (value < 0 ? -0.25f : 0.25f))];

    private static nint Step(bool repeated) => repeated ? 0 : Pitch;

    private static int At(int position, int channel, bool positions, bool channels) => (positions ? 0 : position * Pitch) + (channels ? 0 : channel);

    private static void Run(string name, IOperationRun run)
    {
        switch (name)
        {
            case "Add": run.With(default(AddOperation)); break;
            case "Subtract": run.With(default(SubtractOperation)); break;
            case "Multiply": run.With(default(MultiplyOperation)); break;
            case "Divide": run.With(default(DivideOperation)); break;
            case "Maximum": run.With(default(MaximumOperation)); break;
            default: run.With(default(MinimumOperation)); break;
        }
    }

    private interface IOperationRun
    {
        void With<TOperation>(TOperation operation)
            where TOperation : struct, IBinaryOperation;
    }

    private sealed record ForwardRun(float[] A, bool AP, bool AC, float[] B, bool BP, bool BC, float[] Y) : IOperationRun
    {
        public void With<TOperation>(TOperation operation)
            where TOperation : struct, IBinaryOperation =>
            BinaryKernels.Forward(operation, ref A[0], Step(AP), AC, ref B[0], Step(BP), BC, ref Y[0], Positions, Pitch);
    }

    private sealed record SumRun(bool IsFirst, float[] Dy, float[] A, bool AP, bool AC, float[] B, bool BP, bool BC, float[] Dx) : IOperationRun
    {
        public void With<TOperation>(TOperation operation)
            where TOperation : struct, IBinaryOperation
        {
            if (IsFirst)
                BinaryKernels.AddFirstSums(
                    operation, ref Dy[0], Pitch, ref A[0], Step(AP), AC, ref B[0], Step(BP), BC, ref Dx[0], Step(AP), AC, Positions, Channels);
            else
                BinaryKernels.AddSecondSums(
                    operation, ref Dy[0], Pitch, ref A[0], Step(AP), AC, ref B[0], Step(BP), BC, ref Dx[0], Step(BP), BC, Positions, Channels);
        }
    }

    private sealed record GradientRun(bool IsFirst, float[] Dy, float[] A, bool AP, bool AC, float[] B, bool BP, bool BC, float[] Dx) : IOperationRun
    {
        public void With<TOperation>(TOperation operation)
            where TOperation : struct, IBinaryOperation
        {
            if (IsFirst)
                BinaryKernels.FirstGradient(operation, ref Dy[0], Pitch, ref A[0], Step(AP), AC, ref B[0], Step(BP), BC, ref Dx[0], Positions, Pitch);
            else
                BinaryKernels.SecondGradient(operation, ref Dy[0], Pitch, ref A[0], Step(AP), AC, ref B[0], Step(BP), BC, ref Dx[0], Positions, Pitch);
        }
    }
}
