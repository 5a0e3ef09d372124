using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

public sealed class WinogradTrainingTests
{
    private const int Points = 36;

    [Theory]
    [InlineData(3, 8, 5)]
    [InlineData(3, 20, 9)]
    [InlineData(3, 72, 70)]
    [InlineData(5, 8, 5)]
    [InlineData(5, 20, 9)]
    [InlineData(5, 72, 70)]
    public void The_points_of_packed_kernels_are_those_that_a_predictor_computes_in_double(int kernel, int outputs, int inputs)
    {
        (WeightPacking packing, float[] weight, float[] packed) = Draw(kernel, outputs, inputs);
        WeightPacking target = packing with { Taps = Points };
        float[] points = EverySet.Run(() =>
        {
            float[] result = new float[target.Size];
            WinogradTraining.TransformWeight(ref packed[0], ref result[0], packing, 0, inputs / 2);
            WinogradTraining.TransformWeight(ref packed[0], ref result[0], packing, inputs / 2, inputs);
            return result;
        });
        float[] expected = WinogradWeights.Transform(weight, outputs, inputs, kernel, Ones(outputs));
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
            {
                for (int point = 0; point < Points; point++)
                    Near(expected[(((output * inputs) + input) * Points) + point], points[target.Offset(0, output, point, input)]);
            }
        }
    }

    [Theory]
    [InlineData(3, 8, 5)]
    [InlineData(3, 20, 9)]
    [InlineData(3, 72, 70)]
    [InlineData(5, 8, 5)]
    [InlineData(5, 20, 9)]
    [InlineData(5, 72, 70)]
    public void Turned_kernels_have_inputs_and_outputs_exchanged(int kernel, int outputs, int inputs)
    {
        (WeightPacking packing, float[] weight, float[] packed) = Draw(kernel, outputs, inputs);
        WeightPacking target = Packing(kernel, inputs, outputs) with { Taps = Points };
        int units = (outputs + 7) / 8;
        float[] points = EverySet.Run(() =>
        {
            float[] result = new float[target.Size];
            WinogradTraining.TransformTurnedWeight(ref packed[0], ref result[0], packing, target, 0, units / 2);
            WinogradTraining.TransformTurnedWeight(ref packed[0], ref result[0], packing, target, units / 2, units);
            return result;
        });
        float[] turned = [.. Enumerable.Range(0, weight.Length).Select(index =>
        {
            int taps = kernel * kernel;
            (int input, int output, int tap) = (index / outputs / taps, index / taps % outputs, index % taps);
            return weight[(((output * inputs) + input + 1) * taps) - 1 - tap];
        })];
        float[] expected = WinogradWeights.Transform(turned, inputs, outputs, kernel, Ones(inputs));
        for (int index = 0; index < expected.Length; index++)
        {
            (int input, int output, int point) = (index / Points / outputs, index / Points % outputs, index % Points);
            Near(expected[index], points[target.Offset(0, input, point, output)]);
        }

        for (int lane = inputs; lane < target.Lanes; lane++)
            Assert.All(Enumerable.Range(0, Points), point => Assert.Equal(0, points[target.Offset(0, lane, point, outputs - 1)]));
    }

    [Theory]
    [InlineData(3, 4, 4)]
    [InlineData(3, 7, 10)]
    [InlineData(3, 1, 5)]
    [InlineData(3, 6, 3)]
    [InlineData(5, 2, 2)]
    [InlineData(5, 7, 10)]
    [InlineData(5, 1, 5)]
    [InlineData(5, 6, 3)]
    public void Sums_at_the_points_make_the_gradient_of_the_weight(int kernel, int height, int width)
    {
        const int Inputs = 24, Outputs = 24, Images = 2;
        int size = 7 - kernel;
        int down = (height + size - 1) / size, across = (width + size - 1) / size, tiles = Images * down * across;
        int row = ((size * across) + kernel - 1) * Inputs, image = ((size * down) + kernel - 1) * row;
        Random random = new(1);
        float[] x = [.. Enumerable.Range(0, Images * image).Select(_ => random.NextSingle() - 0.5f)];
        float[] dy = [.. Enumerable.Range(0, Images * height * width * Outputs).Select(_ => random.NextSingle() - 0.5f)];
        WinogradMap inputMap = new(height, width, Inputs, row, image, size);
        WinogradMap gradientMap = new(height, width, Outputs, width * Outputs, height * width * Outputs, size);
        WeightPacking packing = Packing(kernel, Outputs, Inputs), pointPacking = packing with { Taps = Points };

        float[] gradient = EverySet.Run(() =>
        {
            float[] sums = new float[pointPacking.Size], result = new float[packing.Size];
            float[] v = new float[6 * tiles * Inputs], w = new float[6 * tiles * Outputs];
            for (int point = 0; point < Points; point++)
            {
                if (point % 6 == 0)
                {
                    WinogradTraining.TransformInputRow(ref x[0], ref v[0], inputMap, point / 6, 0, tiles, Inputs, tiles * Inputs);
                    WinogradTraining.TransformGradientRow(ref dy[0], ref w[0], gradientMap, point / 6, 0, tiles, tiles * Outputs);
                }

                for (int index = 0; index < tiles * Inputs * Outputs; index++)
                {
                    (int tile, int input, int output) = (index / Outputs / Inputs, index / Outputs % Inputs, index % Outputs);
                    sums[pointPacking.Offset(0, output, point, input)] +=
                        v[(((point % 6 * tiles) + tile) * Inputs) + input] * w[(((point % 6 * tiles) + tile) * Outputs) + output];
                }
            }

            WinogradTraining.GradientOfPoints(ref sums[0], ref result[0], packing, 0, 3);
            WinogradTraining.GradientOfPoints(ref sums[0], ref result[0], packing, 3, Inputs);
            return result;
        });

        for (int index = 0; index < kernel * kernel * Inputs * Outputs; index++)
        {
            (int tap, int input, int output) = (index / Outputs / Inputs, index / Outputs % Inputs, index % Outputs);
            Assert.Equal(Direct(x, dy, gradientMap, (row, Inputs), (tap / kernel, tap % kernel), (input, output)),
                gradient[packing.Offset(0, output, tap, input)], 5e-5);
        }
    }

    /// <summary>The gradient of one number of a kernel, as it is defined.</summary>
    private static double Direct(
        float[] x, float[] dy, WinogradMap map, (int Row, int Pitch) input, (int Down, int Right) tap, (int Input, int Output) channel)
    {
        int image = x.Length / (dy.Length / map.Image);
        double sum = 0;
        for (int position = 0; position < dy.Length / map.Pitch; position++)
        {
            (int of, int down, int right) = (position / map.Width / map.Height, position / map.Width % map.Height, position % map.Width);
            int seen = (of * image) + ((down + tap.Down) * input.Row) + ((right + tap.Right) * input.Pitch) + channel.Input;
            sum += (double)dy[(position * map.Pitch) + channel.Output] * x[seen];
        }

        return sum;
    }

    private static void Near(float expected, float found) => Assert.Equal(expected, found, 2e-7 + (4e-7 * Math.Abs(expected)));

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static WeightPacking Packing(int kernel, int outputs, int inputs)
    {
        WeightPacking one = new(1, outputs, inputs, kernel * kernel, 1);
        return one with { Block = one.Lanes < 16 ? one.Lanes : one.Lanes <= 64 ? one.Lanes / 16 * 16 : 48 };
    }

    private static (WeightPacking Packing, float[] Weight, float[] Packed) Draw(int kernel, int outputs, int inputs)
    {
        Random random = new(outputs);
        float[] weight = [.. Enumerable.Range(0, outputs * inputs * kernel * kernel).Select(_ => random.NextSingle() - 0.5f)];
        WeightPacking packing = Packing(kernel, outputs, inputs);
        float[] packed = new float[packing.Size];
        packing.Pack(weight, packed);
        return (packing, weight, packed);
    }
}
