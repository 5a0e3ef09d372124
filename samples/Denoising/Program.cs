using Cnn;
using Cnn.Data;
using Cnn.Training;
using DenoisingSample;
using Samples;

// dotnet run -c Release --project samples/Denoising [-- FOLDER]: on the IDX files of MNIST in a folder, or on digits that are drawn here.
ImageDataset digits = args.Length > 0 ? ImageDataset.LoadIdx(args[0], DatasetPart.Train) : RenderedDigits.Create(20_000);
ImageDataset others = args.Length > 0 ? ImageDataset.LoadIdx(args[0], DatasetPart.Test) : RenderedDigits.Create(2_000, part: DatasetPart.Test);
Console.WriteLine($"{(args.Length > 0 ? args[0] : "digits that are drawn here, not MNIST")}: {digits}");

// The input is a digit with noise, which the same number always has; the target is the digit.
Examples training = Noisy(digits), test = Noisy(others);
Denoiser network = new(seed: 1);
FitResult result = network.Fit(training, test, new()
{
    Optimizer = new Adam(2e-3f),
    Schedule = Schedule.Cosine(),
    Loss = Loss.MeanSquaredError(),
    Metrics = [new RootMeanSquaredError(), new RSquared()],
    Epochs = 5,
}, new PlainProgress(Console.Out));
network.Save("denoiser.safetensors");

const int Shown = 10;
ExampleBatch batch = new(test, others.Count) { Count = others.Count };
test.Copy(Enumerable.Range(0, others.Count).ToArray(), batch);
double sum = 0;
for (int index = 0; index < batch.Inputs.Length; index++)
    sum += Math.Pow(batch.Inputs[index] - batch.Values()[index], 2);
double noisy = Math.Sqrt(sum / batch.Inputs.Length), mendedError = result.Best!.Metrics["root mean squared error"];
Console.WriteLine(FormattableString.Invariant($"root mean squared error: {noisy:0.0000} of the noisy images, {mendedError:0.0000} of the mended ones"));

// Digits with noise, below them what becomes of them, and below that how they were.
float[] mended = new float[Shown * Denoiser.OutputLength];
using Denoiser.Predictor predictor = network.CreatePredictor(new() { BatchSize = Shown });
predictor.Predict(batch.Inputs[..(Shown * Denoiser.InputLength)], mended);
PictureSheet sheet = new(Shown, 28, 28);
AddAll(batch.Inputs);
AddAll(mended);
AddAll(batch.Values());
sheet.Save("digits.png");

void AddAll(ReadOnlySpan<float> images)
{
    for (int image = 0; image < Shown; image++)
        sheet.Add(images.Slice(image * 784, 784));
}

static Examples Noisy(ImageDataset digits) => new(
    digits.Count,
    new ExampleColumn(digits.ImageLength, (index, image) =>
    {
        digits.CopyImage(index, image);
        Random random = new(index);
        foreach (ref float pixel in image)
            pixel = Math.Clamp(pixel + (1.2f * (random.NextSingle() - 0.5f)), 0, 1);
    }),
    new ExampleColumn(digits.ImageLength, digits.CopyImage));
