using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

public sealed class WinogradTests
{
    [Theory]
    [InlineData(3, 4, 4)]
    [InlineData(3, 7, 10)]
    [InlineData(3, 1, 5)]
    [InlineData(5, 2, 2)]
    [InlineData(5, 7, 10)]
    [InlineData(5, 1, 5)]
    public void The_three_steps_make_a_convolution(int kernel, int height, int width)
    {
        // A 512-bit vector and a 256-bit one of each position.
        const int Inputs = 24, Outputs = 24;
        int size = 7 - kernel, taps = kernel * kernel;
        int down = (height + size - 1) / size, across = (width + size - 1) / size, tiles = down * across;
        int row = ((size * across) + kernel - 1) * Inputs;
        Random random = new(1);
        float[] x = [.. Enumerable.Range(0, ((size * down) + kernel - 1) * row).Select(_ => random.NextSingle() - 0.5f)];
        float[] weight = [.. Enumerable.Range(0, Outputs * Inputs * taps).Select(_ => random.NextSingle() - 0.5f)];
        float[] bias = [.. Enumerable.Range(0, Outputs).Select(_ => random.NextSingle())];
        double[] scale = [.. Enumerable.Range(0, Outputs).Select(static output => 1 + (output / 8.0))];
        float[] u = WinogradWeights.Transform(weight, Outputs, Inputs, kernel, scale);

        float[] y = EverySet.Run(() =>
        {
            float[] v = new float[36 * tiles * Inputs], m = new float[36 * tiles * Outputs], result = new float[height * width * Outputs];
            Winograd.TransformInput(ref x[0], ref v[0], new WinogradMap(height, width, Inputs, row, Outputs: size), 0, tiles, tiles * Inputs);
            for (int index = 0; index < m.Length; index++)
            {
                (int point, int tile, int output) = (index / (tiles * Outputs), index / Outputs % tiles, index % Outputs);
                for (int input = 0; input < Inputs; input++)
                    m[index] += v[(((point * tiles) + tile) * Inputs) + input] * u[(((output * Inputs) + input) * 36) + point];
            }

            Winograd.TransformOutput(
                ref m[0], ref bias[0], ref result[0], new WinogradMap(height, width, Outputs, width * Outputs, Outputs: size), 0, tiles, Outputs,
                tiles * Outputs, Epilogue.Of(new ClipActivation(0, 3)));
            return result;
        });

        for (int index = 0; index < y.Length; index++)
        {
            (int down0, int right, int output) = (index / Outputs / width, index / Outputs % width, index % Outputs);
            double sum = bias[output];
            for (int tap = 0; tap < taps; tap++)
            {
                for (int input = 0; input < Inputs; input++)
                    sum += scale[output] * weight[(((output * Inputs) + input) * taps) + tap]
                        * x[((down0 + (tap / kernel)) * row) + ((right + (tap % kernel)) * Inputs) + input];
            }

            Assert.Equal(Math.Clamp(sum, 0, 3), y[index], 2e-5);
        }
    }

    [Fact]
    public void Strips_of_several_images_with_a_residual_are_the_outputs_of_all_tiles_plus_the_residual()
    {
        const int Height = 7, Width = 10, Channels = 24, Images = 2, Tiles = Images * 2 * 3, Row = (Width + 3) * Channels;
        WinogradMap map = new(Height, Width, Channels, Width * Channels, Height * Width * Channels);
        WinogradMap residualMap = map with { Row = Row, Image = Height * Row };
        Random random = new(1);
        float[] m = [.. Enumerable.Range(0, 36 * Tiles * Channels).Select(_ => random.NextSingle() - 0.5f)];
        float[] residual = [.. Enumerable.Range(0, Images * residualMap.Image).Select(_ => random.NextSingle() - 0.5f)];
        float[] all = EverySet.Run(() =>
        {
            float[] result = new float[Images * map.Image];
            Winograd.TransformOutput(ref m[0], ref result[0], map, 0, Tiles, Channels, Tiles * Channels, Epilogue.None);
            return result;
        });

        float[] strips = EverySet.Run(() =>
        {
            float[] result = new float[Images * map.Image];
            foreach ((int from, int to) in new[] { (0, 1), (1, 8), (8, Tiles) })
            {
                Winograd.TransformOutput(
                    ref m[from * Channels], ref residual[0], ref result[0], residualMap, map, from, to - from, Channels, Tiles * Channels, Epilogue.Residual);
            }

            return result;
        });

        Assert.All(Enumerable.Range(0, strips.Length), index =>
        {
            (int row, int inRow) = (index / (Width * Channels), index % (Width * Channels));
            Assert.Equal(all[index] + residual[(row * Row) + inRow], strips[index]);
        });
    }
}
