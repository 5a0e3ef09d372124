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
    public void An_image_lands_inside_its_border_and_comes_back(int channels, int border)
    {
        const int Rows = 5, Width = 7, Parts = 3;
        int pitch = (channels + 7) / 8 * 8;
        int rowStride = (Width + 2 * border) * pitch;
        float[] planes = TestData.Uniform(channels * Rows * Width, 2);
        int first = border * rowStride + border * pitch;
        float[] map = EverySet.Run(() =>
        {
            float[] destination = TestData.Output((Rows + 2 * border) * rowStride);
            for (int part = 0; part < Parts; part++)
                Packing.PlanarToChannelsLast(ref planes[0], ref destination[first], channels, Width, Rows, pitch, rowStride, part, Parts);
            return TestData.Written(destination);
        });
        for (int i = 0; i < map.Length; i++)
        {
            int row = i / rowStride - border, position = i % rowStride / pitch - border, channel = i % pitch;
            bool inside = row is >= 0 and < Rows && position is >= 0 and < Width && channel < channels;
            if (inside)
                Assert.Equal(planes[(channel * Rows + row) * Width + position], map[i]);
            else
                Assert.True(TestData.IsUnwritten(map[i]));
        }
        float[] back = EverySet.Run(() =>
        {
            float[] destination = TestData.Output(planes.Length);
            Packing.ChannelsLastToPlanar(ref map[first], ref destination[0], channels, Width, Rows, pitch, rowStride);
            return TestData.Written(destination);
        });
        Tolerance.Exact(planes, back);
    }
}
