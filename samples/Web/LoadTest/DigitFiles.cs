using Cnn;
using Cnn.Data;
using Cnn.Imaging;
using Cnn.Training;
using EmbeddedLeNet;

namespace WebSample.LoadTest;

/// <summary>A picture as PNG file, and the answer that is right for it.</summary>
internal sealed record DigitFile(byte[] Png, int Digit, float Probability);

/// <summary>Drawn digits, each with what the network says of it in this process.</summary>
internal static class DigitFiles
{
    public static IReadOnlyList<DigitFile> Create(int count)
    {
        ImageDataset digits = RenderedDigits.Create(count, part: DatasetPart.Test);
        using IPredictor predictor = LeNet.Pretrained;
        DigitFile[] files = new DigitFile[count];
        float[] values = new float[28 * 28];
        for (int i = 0; i < count; i++)
        {
            digits.CopyImage(i, values);
            Picture drawn = Picture.FromPixels(Array.ConvertAll(values, static value => (byte)((value * 255) + 0.5f)), 28, 28, 1);

            // Larger than the network's input, as what is sent to a service is, and some of them dark on bright.
            Picture picture = drawn.Resize(112, 112, Resampling.Bicubic);
            picture = i % 3 == 0 ? picture.Invert() : picture;
            ClassScore score = predictor.Top(DigitInput.From(picture), 1)[0];
            files[i] = new DigitFile(picture.EncodePng(), score.Class, score.Probability);
        }

        return files;
    }
}
