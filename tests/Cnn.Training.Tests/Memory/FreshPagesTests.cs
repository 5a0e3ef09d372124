using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Memory;

public sealed class FreshPagesTests
{
    [Fact]
    public void All_whole_pages_of_a_large_array_are_brought_in_and_its_values_stay()
    {
        float[] values = [.. Enumerable.Range(0, 1 << 20).Select(static index => (float)index)];
        nint brought = FreshPages.BringIn(values);

        // Linux before 5.14, and other systems, do not know the advice; the array serves all the same.
        nint bytes = (nint)values.Length * sizeof(float);
        Assert.True(brought == 0 || (brought > bytes - (2 * Environment.SystemPageSize) && brought <= bytes), $"{brought} bytes");
        Assert.Equal(Enumerable.Range(0, 1 << 20).Select(static index => (float)index), values);
    }

    [Fact]
    public void A_small_array_is_left_alone() => Assert.Equal(0, FreshPages.BringIn(new float[1000]));
}
