using System.Runtime.InteropServices;
using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Memory;

public sealed class HugePagesTests
{
    private const int Page = 2 << 20;

    [Fact]
    public void Whole_pages_inside_a_block_are_asked_for()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux takes the advice.");
        byte[] block = GC.AllocateArray<byte>(4 * Page, pinned: true);
        nint first = FirstPage(block);
        nint advised = HugePages.Advise(first + 64, (3 * Page) - 64);

        // A kernel without huge pages refuses; the block serves all the same.
        Assert.True(advised is 2 * Page or 0, $"{advised} bytes");
        Array.Fill(block, (byte)1);
        Assert.DoesNotContain((byte)0, block);
    }

    [Fact]
    public void A_block_without_a_whole_page_is_left_alone()
    {
        byte[] block = GC.AllocateArray<byte>(2 * Page, pinned: true);
        Assert.Equal(0, HugePages.Advise(FirstPage(block) + 64, Page - 64));
    }

    private static nint FirstPage(byte[] block) => (Marshal.UnsafeAddrOfPinnedArrayElement(block, 0) + Page - 1) / Page * Page;
}
