using Cnn.CompilerServices;

namespace Cnn.Data;

/// <summary>The random numbers of one image in one epoch.</summary>
/// <param name="random">The image's stream.</param>
internal readonly struct DrawnNumbers(CounterRandom random)
{
    // Apart from the streams of the same seed that initialisation and dropout draw from.
    private const ulong FirstStream = 1UL << 63;

    /// <summary>Of an image.</summary>
    /// <param name="seed">Of all variations.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="index">The image's number in its dataset.</param>
    public static DrawnNumbers Of(int seed, int epoch, int index) => new(new CounterRandom((uint)seed, FirstStream | ((ulong)(uint)epoch << 32) | (uint)index));

    /// <summary>From 0 to count - 1.</summary>
    public int Below(ulong draw, int count) => (int)(((ulong)random.UInt32(draw) * (ulong)count) >> 32);

    /// <summary>In [0, 1).</summary>
    public float Single(ulong draw) => random.Single(draw);

    /// <summary>In [least, most).</summary>
    public double Between(ulong draw, double least, double most) => least + ((most - least) * random.Single(draw));

    /// <summary>
    /// A rectangle of some of an image's area, its sides stretched; null where none of ten that were drawn fits.
    /// </summary>
    /// <param name="draw">The first of 22 numbers: ten pairs for the size, two for the place.</param>
    /// <param name="height">Of the image.</param>
    /// <param name="width">Of the image.</param>
    /// <param name="leastArea">As a part of the image's.</param>
    /// <param name="mostArea">As a part of the image's.</param>
    /// <param name="stretch">The largest width over height.</param>
    public PixelRectangle? Rectangle(ulong draw, int height, int width, double leastArea, double mostArea, double stretch)
    {
        const int Attempts = 10;
        for (ulong attempt = 0; attempt < Attempts; attempt++)
        {
            double area = Between(draw + (2 * attempt), Math.Min(leastArea, mostArea), mostArea) * height * width;
            double aspect = Math.Exp(Between(draw + (2 * attempt) + 1, -Math.Log(stretch), Math.Log(stretch)));
            int wide = (int)Math.Round(Math.Sqrt(area * aspect));
            int high = (int)Math.Round(Math.Sqrt(area / aspect));
            if (wide < 1 || high < 1 || wide > width || high > height)
                continue;
            ulong place = draw + (2 * Attempts);
            return new PixelRectangle(Below(place, width - wide + 1), Below(place + 1, height - high + 1), wide, high);
        }

        return null;
    }

    /// <summary>
    /// A number of the Beta distribution with both parameters equal, by Jöhnk's method (Metrika 8, 1964): two powers of uniform numbers, drawn until they add
    /// up to at most 1.
    /// </summary>
    /// <param name="draw">The first of 128 numbers.</param>
    /// <param name="alpha">The parameter, above 0.</param>
    public double Beta(ulong draw, double alpha)
    {
        for (ulong pair = 0; pair < 64; pair++)
        {
            double x = Math.Pow(1 - random.Single(draw + (2 * pair)), 1 / alpha);
            double y = Math.Pow(1 - random.Single(draw + (2 * pair) + 1), 1 / alpha);
            if (x + y <= 1 && x + y > 0)
                return x / (x + y);
        }

        return 0.5;
    }
}
