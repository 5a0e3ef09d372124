using Cnn.Data;

namespace Cnn.Fitting.Tests.Support;

/// <summary>Noise with a bright quadrant, which is the class: easy to learn, and not at once.</summary>
internal static class Quadrants
{
    private const int Side = 8;

    public static ImageDataset Create(int count, int seed = 1, float brightness = 0.5f)
    {
        var random = new Random(seed);
        var values = new float[count * Side * Side];
        var labels = new int[count];
        for (int image = 0; image < count; image++)
        {
            labels[image] = random.Next(4);
            for (int place = 0; place < Side * Side; place++)
            {
                int quadrant = (place / Side / 4 * 2) + (place % Side / 4);
                values[(image * Side * Side) + place] = random.NextSingle() + (quadrant == labels[image] ? brightness : 0);
            }
        }

        return new ImageDataset(values, labels, [1, Side, Side], 4);
    }
}
