using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class ElementMovesTests
{
    [Theory]
    [InlineData(5, 3, 24, 1, 16, 1)]
    [InlineData(9, 40, 48, 1, 40, 1)]
    [InlineData(19, 21, 1, 24, 32, 1)]
    [InlineData(3, 8, 1, 3, 8, 1)]
    [InlineData(6, 5, 3, 40, 1, 9)]
    [InlineData(7, 4, -8, 2, 16, 3)]
    [InlineData(1, 1, 1, 1, 1, 1)]
    public void Each_element_goes_to_its_place_and_touches_no_neighbour(int rows, int columns, int xRow, int xColumn, int yRow, int yColumn)
    {
        int start = Math.Max(0, -xRow * (rows - 1));
        float[] x = TestData.Uniform(start + (rows * Math.Abs(xRow)) + (columns * xColumn), 1);
        float[] expected = TestData.Uniform((rows * yRow) + (columns * yColumn), 2);
        float[] before = [.. expected];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                expected[(row * yRow) + (column * yColumn)] = x[start + (row * xRow) + (column * xColumn)];
        }

        Tolerance.Exact(expected, Moved(1));
        Tolerance.Exact(expected, Moved(3));

        float[] Moved(int parts) => EverySet.Run(() =>
        {
            float[] output = TestData.Output(before.Length);
            before.CopyTo(output, 0);
            for (int part = 0; part < parts; part++)
                ElementMoves.Move(ref x[start], xRow, xColumn, ref output[0], yRow, yColumn, rows, columns, part, parts);
            return TestData.Written(output);
        });
    }

    [Fact]
    public void Zeros_behind_channels_touch_nothing_else()
    {
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(24);
            Array.Fill(output, 1f, 0, 24);
            ChannelSlices.Clear(ref output[3], 8, 3, 5);
            return TestData.Written(output);
        });
        Tolerance.Exact([1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0], y);
    }
}
