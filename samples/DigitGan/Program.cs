using Cnn;
using Cnn.Data;
using Cnn.Training;
using DigitGanSample;
using Samples;

// dotnet run -c Release --project samples/DigitGan [-- FOLDER]: on the IDX files of MNIST in a folder, or on digits that are drawn here.
const int Batch = 64, Steps = 4_000;
ImageDataset digits = args.Length > 0 ? ImageDataset.LoadIdx(args[0], DatasetPart.Train) : RenderedDigits.Create(20_000);
Console.WriteLine($"{(args.Length > 0 ? args[0] : "digits that are drawn here, not MNIST")}: {digits}");

Adam Optimizer() => new(2e-4f) { Beta1 = 0.5f };
Painter painter = new(seed: 1);
using Painter.Trainer painting = painter.CreateTrainer(Optimizer(), Loss.MeanSquaredError(), new() { BatchSize = Batch });
using Critic.Trainer critic = new Critic(seed: 2).CreateTrainer(
    Optimizer(),
    new Critic.Losses { Real = Loss.BinaryCrossEntropy(), Digit = Loss.CrossEntropy() },
    new() { BatchSize = Batch, InputGradients = true });

Random random = new(1);
float[] images = new float[Batch * 784], noise = new float[Batch * 32], wishes = new float[Batch * 10];
int[] labels = new int[Batch], wished = new int[Batch];
// 0.9 for a real digit: a critic that is never quite sure leaves the painter a gradient (Salimans and others, 2016).
float[] real = Enumerable.Repeat(0.9f, Batch).ToArray(), painted = new float[Batch];
float told = 0, taken = 0;
for (int step = 1; step <= Steps; step++)
{
    for (int image = 0; image < Batch; image++)
    {
        int chosen = random.Next(digits.Count);
        digits.CopyImage(chosen, images.AsSpan(image * 784, 784));
        labels[image] = digits.Labels[chosen];
    }

    Wish();
    ReadOnlySpan<float> paintings = painting.Forward(noise, wishes);
    told += critic.Step(images, real: real, digit: labels) + critic.Step(paintings, real: painted, digit: Target.None);

    // The gradient of what the critic says goes through its input into the painter; the critic stays as it is.
    taken += critic.ForwardBackward(paintings, real: real, digit: wished);
    critic.InputGradients.CopyTo(painting.OutputGradients);
    painting.Backward();
    painting.Update();
    if (step % 500 == 0)
    {
        Console.WriteLine(FormattableString.Invariant($"step {step,5} of {Steps}: loss of the critic {told / 500:0.000}, of the painter {taken / 500:0.000}"));
        told = taken = 0;
    }
}

painter.Save("painter.safetensors");

// A network that has seen only real digits reads a thousand painted ones, a hundred of each.
Judge judge = new(seed: 3);
judge.Fit(digits, validation: null, new() { Optimizer = new Adam(1e-3f), Epochs = 2, Seed = 1 }, new PlainProgress(Console.Out));
using Painter.Predictor painterAtRest = painter.CreatePredictor();
using Judge.Predictor reader = judge.CreatePredictor();
float[] picture = new float[784], logits = new float[10];
int[] readAs = new int[10];
int sure = 0, asWished = 0;
PictureSheet sheet = new(10, 28, 28);
for (int index = 0; index < 1_000; index++)
{
    Draw(noise.AsSpan(0, 32), wishes.AsSpan(0, 10), index % 10);
    painterAtRest.Predict(noise.AsSpan(0, 32), wishes.AsSpan(0, 10), picture);
    reader.Predict(picture, logits);
    int read = Logits.Largest(logits);
    readAs[read]++;
    asWished += read == index % 10 ? 1 : 0;
    sure += logits.Sum(logit => MathF.Exp(logit - logits[read])) < 1 / 0.9f ? 1 : 0;
    if (index < 60)
        sheet.Add(picture);
}

sheet.Save("painted.png");
Console.WriteLine($"of 1,000 painted digits {sure} are read with a probability above 0.9, {asWished} as what was wished");
Console.WriteLine($"read as 0 to 9: {string.Join(", ", readAs)}");

void Wish()
{
    for (int image = 0; image < Batch; image++)
        Draw(noise.AsSpan(image * 32, 32), wishes.AsSpan(image * 10, 10), wished[image] = random.Next(10));
}

void Draw(Span<float> values, Span<float> wish, int digit)
{
    foreach (ref float value in values)
        value = (2 * random.NextSingle()) - 1;
    wish.Clear();
    wish[digit] = 1;
}
