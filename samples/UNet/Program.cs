using Cnn;
using Cnn.Data;
using Cnn.Plots;
using Cnn.Training;
using Samples;
using UNetSample;

// dotnet run -c Release --project samples/UNet [-- CHECKPOINTS]: with a folder an interrupted training goes on from there.
Examples training = DrawnShapes.Create(2_000, seed: 1);
Examples validation = DrawnShapes.Create(300, seed: 2);
Console.WriteLine(ShapeUNet.Summary);

ShapeUNet network = new(seed: 1);
FitResult result = network.Fit(training, validation, new()
{
    Optimizer = new Adam(3e-3f),
    Schedule = Schedule.Cosine(),
    Metrics = [new MeanIoU(), new DiceScore()],
    MonitoredMetric = "mean IoU",
    Epochs = 6,
    BatchSize = 16,
    Checkpoints = args.Length > 0 ? new(args[0]) { EverySteps = 50 } : null,
}, new PlainProgress(Console.Out));
network.Save("unet.safetensors");

MeanIoU overlap = new();
Examples test = DrawnShapes.Create(500, seed: 3);
Console.WriteLine(network.Evaluate(test, new() { Metrics = [overlap, new DiceScore()] }));
foreach ((string shape, int kind) in new[] { ("ground", 0), ("discs", 1), ("squares", 2), ("triangles", 3) })
    Console.WriteLine(FormattableString.Invariant($"{shape,-10} IoU {overlap.Of(kind):0.000}"));

TrainingPlots.SaveMetric("iou.png", result.Epochs, "mean IoU");
Draw("shapes.png");

// Six pictures of the test, below them what is there, and below that what is found.
void Draw(string path)
{
    const int Shown = 6, Area = DrawnShapes.Side * DrawnShapes.Side;
    ExampleBatch batch = new(test, Shown) { Count = Shown };
    test.Copy([0, 1, 2, 3, 4, 5], batch);
    float[] logits = new float[Shown * ShapeUNet.OutputLength];
    using ShapeUNet.Predictor predictor = network.CreatePredictor(new() { BatchSize = Shown });
    predictor.Predict(batch.Inputs, logits);
    PictureSheet sheet = new(Shown, DrawnShapes.Side, DrawnShapes.Side);
    for (int image = 0; image < Shown; image++)
        sheet.Add(batch.Inputs.Slice(image * Area, Area));
    for (int image = 0; image < Shown; image++)
        sheet.Add(batch.Labels().Slice(image * Area, Area));
    int[] found = new int[Area];
    for (int image = 0; image < Shown; image++)
    {
        Logits.LargestAtEachPosition(logits.AsSpan(image * ShapeUNet.OutputLength, ShapeUNet.OutputLength), found);
        sheet.Add(found);
    }

    sheet.Save(path);
}
