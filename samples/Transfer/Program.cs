using Cnn;
using Cnn.Data;
using Cnn.Training;
using ScottPlot;
using TransferSample;

// dotnet run -c Release --project samples/Transfer [-- MNIST FASHION-MNIST]: from one data set to the other, both as IDX files in a folder;
// without them from drawn digits to drawn digits that lie on their side.
const int Few = 1_000;
bool isDrawn = args.Length < 2;
ImageDataset digits = isDrawn ? RenderedDigits.Create(20_000) : ImageDataset.LoadIdx(args[0], DatasetPart.Train);
ImageDataset things = isDrawn ? OnTheirSide(RenderedDigits.Create(Few, seed: 1)) : ImageDataset.LoadIdx(args[1], DatasetPart.Train);
ImageDataset test = isDrawn ? OnTheirSide(RenderedDigits.Create(2_000, part: DatasetPart.Test)) : ImageDataset.LoadIdx(args[1], DatasetPart.Test);
things = things.Subset(Enumerable.Range(0, Few).ToArray());
Console.WriteLine(isDrawn ? "digits that are drawn here, not MNIST, and the same on their side" : $"from {args[0]} to {args[1]}");

DigitNetwork reader = new(seed: 1);
reader.Fit(digits, validation: null, Options(epochs: 2), new PlainProgress(Console.Out));
reader.Save("reader.safetensors");

// What fits by name and shape is taken over; the head is new.
Console.WriteLine($"{Few} images of the new data, accuracy on {test.Count} others:");
foreach (float rate in new[] { 1e-3f, 3e-3f })
{
    Train(FormattableString.Invariant($"from scratch, one epoch, learning rate {rate}"), new ThingNetwork(seed: 2), Options(epochs: 1, rate));
    Train("with the body of the digits, likewise", Loaded(), Options(epochs: 1, rate));
}

ThingNetwork network = Loaded();
Train("new head alone, two epochs", network,
    Options(epochs: 2, 1e-2f) with { Trains = parameter => parameter.Name.StartsWith("things.", StringComparison.Ordinal) });
Train("then everything, the body at a third, four epochs", network,
    Options(epochs: 4, 3e-3f) with { Groups = [new ParameterGroup("body") { LearningRateFactor = 0.33f }] });
Train("from scratch, six epochs", new ThingNetwork(seed: 2), Options(epochs: 6));

// The first epochs one by one: what the body of the digits is worth shrinks as the new data teach the same.
Plot curves = new();
curves.XLabel("epoch");
curves.YLabel("accuracy, %");
curves.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
AddCurve("with the body of the digits", Loaded());
AddCurve("from scratch", new ThingNetwork(seed: 2));
curves.ShowLegend(Alignment.LowerRight);
curves.SavePng("transfer.png", 640, 400);

static FitOptions Options(int epochs, float rate = 1e-3f) => new() { Optimizer = new Adam(rate), Epochs = epochs, BatchSize = 32, Seed = 1 };

static ThingNetwork Loaded()
{
    ThingNetwork network = new(seed: 2);
    network.LoadMatching("reader.safetensors");
    return network;
}

void Train(string what, ThingNetwork network, FitOptions options)
{
    network.Fit(things, validation: null, options);
    Console.WriteLine($"{what,-52} {network.Evaluate(test).Metrics}");
}

void AddCurve(string name, ThingNetwork network)
{
    FitResult result = network.Fit(things, test, Options(epochs: 8, 3e-3f));
    ScottPlot.Plottables.Scatter curve = curves.Add.Scatter(
        result.Epochs.Select(epoch => epoch.Epoch).ToArray(), result.Epochs.Select(epoch => epoch.ValidationAccuracy * 100).ToArray());
    curve.LegendText = name;
    curve.LineWidth = 2;
}

static ImageDataset OnTheirSide(ImageDataset images)
{
    float[] turned = new float[images.Count * 784], image = new float[784];
    for (int index = 0; index < images.Count; index++)
    {
        images.CopyImage(index, image);
        for (int pixel = 0; pixel < 784; pixel++)
            turned[(index * 784) + (pixel % 28 * 28) + 27 - (pixel / 28)] = image[pixel];
    }

    return new ImageDataset(turned, images.Labels.ToArray(), images.Shape, images.ClassCount);
}
