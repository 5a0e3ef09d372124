namespace Cnn.Imaging.Decoding.Webp;

/// <summary>Smooths the edges between blocks (RFC 6386, section 15).</summary>
internal static class LossyFilter
{
    /// <summary>Luma alone, by two values on each side of an edge.</summary>
    public static void Simple(Plane luma, int x, int y, bool hasInner, LossyFilterStrength strength)
    {
        Edges(luma, x, y, 16, hasInner, (at, across, along, isOuter) =>
        {
            int limit = (2 * (strength.Limit + (isOuter ? 4 : 0))) + 1;
            for (int i = 0; i < 16; i++, at += along)
            {
                if (Step(luma.Values, at, across) <= limit)
                    Two(luma.Values, at, across);
            }
        });
    }

    /// <summary>A plane, by four values on each side of an edge.</summary>
    public static void Normal(Plane plane, int x, int y, int size, bool hasInner, LossyFilterStrength strength)
    {
        Edges(plane, x, y, size, hasInner, (at, across, along, isOuter) =>
        {
            byte[] v = plane.Values;
            int limit = (2 * (strength.Limit + (isOuter ? 4 : 0))) + 1;
            for (int i = 0; i < size; i++, at += along)
            {
                if (Step(v, at, across) > limit || !IsSmooth(v, at, across, strength.Inner))
                    continue;
                if (Difference(v, at - (2 * across), across) > strength.Variance || Difference(v, at, across) > strength.Variance)
                    Two(v, at, across);
                else if (isOuter)
                    Six(v, at, across);
                else
                    Four(v, at, across);
            }
        });
    }

    /// <summary>What is done at each edge: its first value, the steps across and along it, and whether it is the macroblock's.</summary>
    private delegate void EdgeFilter(int at, int across, int along, bool isOuter);

    private static void Edges(Plane plane, int x, int y, int size, bool hasInner, EdgeFilter filter)
    {
        int at = plane.At(x, y);
        if (x > 0)
            filter(at, 1, plane.Stride, true);
        for (int i = 4; i < size && hasInner; i += 4)
            filter(at + i, 1, plane.Stride, false);
        if (y > 0)
            filter(at, plane.Stride, 1, true);
        for (int i = 4; i < size && hasInner; i += 4)
            filter(at + (i * plane.Stride), plane.Stride, 1, false);
    }

    private static int Difference(byte[] v, int at, int across) => Math.Abs(v[at + across] - v[at]);

    private static int Step(byte[] v, int at, int across) =>
        (4 * Math.Abs(v[at - across] - v[at])) + Math.Abs(v[at - (2 * across)] - v[at + across]);

    private static bool IsSmooth(byte[] v, int at, int across, int limit)
    {
        for (int i = 1; i <= 3; i++)
        {
            if (Difference(v, at - ((i + 1) * across), across) > limit || Difference(v, at + ((i - 1) * across), across) > limit)
                return false;
        }

        return true;
    }

    private static void Two(byte[] v, int at, int across)
    {
        int a = (3 * (v[at] - v[at - across])) + Signed(v[at - (2 * across)] - v[at + across]);
        Change(v, at - across, Small((a + 3) >> 3));
        Change(v, at, -Small((a + 4) >> 3));
    }

    private static void Four(byte[] v, int at, int across)
    {
        int a = 3 * (v[at] - v[at - across]);
        int a1 = Small((a + 4) >> 3);
        int a2 = Small((a + 3) >> 3);
        int a3 = (a1 + 1) >> 1;
        Change(v, at - (2 * across), a3);
        Change(v, at - across, a2);
        Change(v, at, -a1);
        Change(v, at + across, -a3);
    }

    private static void Six(byte[] v, int at, int across)
    {
        int a = Signed((3 * (v[at] - v[at - across])) + Signed(v[at - (2 * across)] - v[at + across]));
        for (int i = 0; i < 3; i++)
        {
            int change = ((9 * (3 - i) * a) + 63) >> 7;
            Change(v, at - ((i + 1) * across), change);
            Change(v, at + (i * across), -change);
        }
    }

    private static int Signed(int value) => Math.Clamp(value, -128, 127);

    private static int Small(int value) => Math.Clamp(value, -16, 15);

    private static void Change(byte[] v, int at, int difference) => v[at] = (byte)Math.Clamp(v[at] + difference, 0, 255);
}
