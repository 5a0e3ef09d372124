using Cnn.Data;
using Cnn.Training;

namespace Cnn.Onnx.Check;

/// <summary>What a trained network is run on: digits that it has not seen.</summary>
internal static class TrainedNetwork
{
    public static float[] Inputs(int count)
    {
        ImageDataset digits = RenderedDigits.Create(count, seed: 1, DatasetPart.Test);
        float[] inputs = new float[count * digits.ImageLength];
        for (int image = 0; image < count; image++)
            digits.CopyImage(image, inputs.AsSpan(image * digits.ImageLength, digits.ImageLength));
        return inputs;
    }
}
