using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class BilinearUpsamplingTests
{
    public static TheoryData<int, int, int, int> Maps => new()
    {
        { 1, 1, 2, 8 }, { 2, 3, 1, 8 }, { 2, 3, 2, 24 }, { 4, 1, 3, 8 }, { 3, 5, 4, 16 }, { 5, 4, 5, 8 },
    };

    [Theory]
    [MemberData(nameof(Maps))]
    public void Each_output_is_the_weighted_mean_of_the_four_elements_around_its_centre(int height, int width, int scale, int pitch)
    {
        int xRow = (width + 1) * pitch, yRow = ((width * scale) + 2) * pitch;
        float[] x = TestData.Uniform(height * xRow, 1);
        float[] y = EverySet.Run(() =>
        {
            float[] output = new float[height * scale * yRow];
            BilinearUpsampling.Forward(ref x[0], ref output[0], height, width, scale, pitch, xRow, yRow);
            return output;
        });
        for (int row = 0; row < height * scale; row++)
        {
            for (int column = 0; column < (width * scale) + 2; column++)
            {
                for (int c = 0; c < pitch; c++)
                {
                    float actual = y[(row * yRow) + (column * pitch) + c];
                    if (column >= width * scale)
                    {
                        Assert.Equal(0f, actual);
                        continue;
                    }

                    double[] shares = [.. Shares(row, column, height, width, scale)
                        .Select(share => share.Weight * x[(share.Row * xRow) + (share.Column * pitch) + c])];
                    Tolerance.Accumulated(6, shares.Sum(), shares.Sum(Math.Abs), actual, $"row {row}, column {column}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Each_element_gets_its_share_of_the_gradients(int height, int width, int scale, int pitch)
    {
        int dxRow = (width + 1) * pitch, dyRow = ((width * scale) + 2) * pitch;
        float[] dy = TestData.Uniform(height * scale * dyRow, 2);
        float[] dx = EverySet.Run(() =>
        {
            float[] output = new float[height * dxRow];
            BilinearUpsampling.Backward(ref dy[0], ref output[0], height, width, scale, pitch, dyRow, dxRow);
            return output;
        });
        double[] expected = new double[dx.Length], magnitude = new double[dx.Length];
        for (int row = 0; row < height * scale; row++)
        {
            for (int column = 0; column < width * scale; column++)
            {
                foreach ((int r, int k, double weight) in Shares(row, column, height, width, scale))
                {
                    for (int c = 0; c < pitch; c++)
                    {
                        double share = weight * dy[(row * dyRow) + (column * pitch) + c];
                        expected[(r * dxRow) + (k * pitch) + c] += share;
                        magnitude[(r * dxRow) + (k * pitch) + c] += Math.Abs(share);
                    }
                }
            }
        }

        for (int i = 0; i < dx.Length; i++)
            Tolerance.Accumulated(4 * scale * scale * 4, expected[i], magnitude[i], dx[i], $"[{i}]");
    }

    /// <summary>PyTorch's rule: the source is max(0, (output + 1/2) / scale - 1/2), and the element behind the last is the last.</summary>
    private static IEnumerable<(int Row, int Column, double Weight)> Shares(int row, int column, int height, int width, int scale)
    {
        double y = Math.Max(0, ((row + 0.5) / scale) - 0.5), x = Math.Max(0, ((column + 0.5) / scale) - 0.5);
        int top = (int)y, left = (int)x;
        int bottom = Math.Min(top + 1, height - 1), right = Math.Min(left + 1, width - 1);
        yield return (top, left, (1 - (y - top)) * (1 - (x - left)));
        yield return (top, right, (1 - (y - top)) * (x - left));
        yield return (bottom, left, (y - top) * (1 - (x - left)));
        yield return (bottom, right, (y - top) * (x - left));
    }
}
