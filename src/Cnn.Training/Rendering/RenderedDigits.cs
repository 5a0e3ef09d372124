using Cnn.Data;
using Cnn.Training.Rendering;

namespace Cnn.Training;

/// <summary>Digits that look handwritten and are drawn by the program: something to train on where there is no data set. Far easier than MNIST.</summary>
public static class RenderedDigits
{
    /// <summary>Draws digits on all cores: <c>[1, 28, 28]</c>, ink 1, paper 0, classes 0 to 9.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">The same seed gives the same digits.</param>
    /// <param name="part">Digits of the two parts are independent of each other.</param>
    public static ImageDataset Create(int count, int seed = 0, DatasetPart part = DatasetPart.Train)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (byte[] pixels, int[] labels) = DigitRenderer.Render(count, seed, stream: part == DatasetPart.Train ? 1 : 2);
        return new ImageDataset(pixels, labels, [1, DigitRenderer.Side, DigitRenderer.Side], 10);
    }
}
