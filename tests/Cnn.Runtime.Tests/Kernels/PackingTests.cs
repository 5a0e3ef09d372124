using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class PackingTests
{
    public static TheoryData<int, int> Sizes
    {
        get
        {
            TheoryData<int, int> sizes = [];
            foreach (int rows in new[] { 1, 3, 4, 7, 8, 9, 16, 20, 50 })
            {
                foreach (int columns in new[] { 1, 2, 3, 5, 8, 49 })
                    sizes.Add(rows, columns);
            }
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_transposed_block_has_rows_for_columns_and_touches_nothing_else(int rows, int columns)
    {
        int sourceStride = columns + 3;
        int destinationStride = rows + 5;
        float[] source = TestData.Uniform(rows * sourceStride, 1);
        float[] y = EverySet.Run(() =>
        {
            float[] destination = TestData.Output(columns * destinationStride);
            Packing.TransposeBlock(ref source[0], sourceStride, ref destination[0], destinationStride, rows, columns);
            return TestData.Written(destination);
        });
        for (int c = 0; c < columns; c++)
        {
            for (int r = 0; r < destinationStride; r++)
            {
                if (r < rows)
                    Assert.Equal(source[r * sourceStride + c], y[c * destinationStride + r]);
                else
                    Assert.True(TestData.IsUnwritten(y[c * destinationStride + r]));
            }
        }
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 9)]
    [InlineData(2, 40)]
    [InlineData(3, 8)]
    [InlineData(3, 9)]
    [InlineData(3, 224)]
    [InlineData(4, 33)]
    public void Few_rows_become_columns_side_by_side(int rows, int columns)
    {
        float[] source = TestData.Uniform(rows * columns, 1);
        float[] y = EverySet.Run(() =>
        {
            float[] destination = TestData.Output(columns * rows);
            Packing.TransposeBlock(ref source[0], columns, ref destination[0], rows, rows, columns);
            return TestData.Written(destination);
        });
        Assert.Equal(Enumerable.Range(0, y.Length).Select(at => source[(at % rows * columns) + (at / rows)]), y);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    [InlineData(8, 1)]
    [InlineData(20, 0)]
    [InlineData(50, 1)]
    public void An_image_lands_inside_its_border_and_comes_back(int channels, int border) =>
        CheckImage(channels, (5, 7), border, (channels + 7) / 8 * 8);

    [Theory]
    [InlineData(3, 5, 7, 1, 3)]
    [InlineData(11, 5, 7, 2, 11)]
    [InlineData(13, 9, 17, 0, 13)]
    [InlineData(2, 4, 4, 3, 8)]
    [InlineData(72, 4, 4, 2, 80)]
    [InlineData(258, 2, 2, 1, 272)]
    [InlineData(17, 1, 3, 1, 24)]
    [InlineData(37, 1, 1, 2, 40)]
    [InlineData(37, 1, 1, 0, 40)]
    [InlineData(32, 3, 50, 1, 32)]
    [InlineData(70, 11, 13, 1, 80)]
    public void An_image_of_any_size_lands_inside_its_border(int channels, int rows, int width, int border, int pitch) =>
        CheckImage(channels, (rows, width), border, pitch);

    private static void CheckImage(int channels, (int Rows, int Width) size, int border, int pitch)
    {
        const int Parts = 3;
        int rowStride = (size.Width + 2 * border) * pitch;
        float[] planes = TestData.Uniform(channels * size.Rows * size.Width, 2);
        int first = border * rowStride + border * pitch;
        float[] map = EverySet.Run(() =>
        {
            float[] destination = TestData.Output((size.Rows + 2 * border) * rowStride);
            for (int part = 0; part < Parts; part++)
                Packing.PlanarToChannelsLast(ref planes[0], ref destination[first], channels, size.Width, size.Rows, pitch, rowStride, part, Parts);
            return TestData.Written(destination);
        });
        for (int i = 0; i < map.Length; i++)
        {
            int row = i / rowStride - border, position = i % rowStride / pitch - border, channel = i % pitch;
            if (row < 0 || row >= size.Rows || position < 0 || position >= size.Width)
                Assert.True(TestData.IsUnwritten(map[i]));
            else
                Assert.Equal(channel < channels ? planes[(channel * size.Rows + row) * size.Width + position] : 0, map[i]);
        }
        float[] back = EverySet.Run(() =>
        {
            float[] destination = TestData.Output(planes.Length);
            Packing.ChannelsLastToPlanar(ref map[first], ref destination[0], channels, size.Width, size.Rows, pitch, rowStride);
            return TestData.Written(destination);
        });
        Tolerance.Exact(planes, back);
    }
}
