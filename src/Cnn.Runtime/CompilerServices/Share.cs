using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Divides the work on one image among workers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Share
{
    /// <summary>
    /// One part's blocks, and its part of the rows of each. Blocks are divided as far as that is even, because a block's weights are then read by
    /// few.
    /// </summary>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">Of how many.</param>
    /// <param name="blocks">Equal blocks of lanes.</param>
    /// <param name="from">The first block.</param>
    /// <param name="to">The block behind the last.</param>
    /// <param name="rowPart">Which part of the rows.</param>
    /// <param name="rowParts">Of how many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(int part, int parts, int blocks, out int from, out int to, out int rowPart, out int rowParts)
    {
        int blockParts = CommonDivisor(parts, blocks);
        rowParts = parts / blockParts;
        rowPart = part % rowParts;
        int each = blocks / blockParts;
        from = part / rowParts * each;
        to = from + each;
    }

    private static int CommonDivisor(int a, int b) => b == 0 ? a : CommonDivisor(b, a % b);
}
