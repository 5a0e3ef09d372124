namespace Cnn.Plots.Tests;

public sealed class NetworkPlotsTests : IDisposable
{
    private const int Top = TileSheet.CaptionHeight;
    private const int Scale = 10;

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Kernels_over_one_channel_go_from_blue_over_white_to_red()
    {
        Grey network = new();
        Span<float> weight = network.Parameters["conv1.weight"].Values;
        weight.Clear();
        (weight[0], weight[1], weight[2]) = (2, -2, 1);
        NetworkPlots.SaveKernels(_files["kernels.png"], network);
        Picture picture = Picture.Read(_files["kernels.png"]);
        Assert.Equal(TileSheet.CaptionHeight + (5 * Scale) + (2 * TileSheet.Gap), picture.Height);
        Assert.Equal((255, 0, 0), picture.At(TileSheet.Gap, Top));
        Assert.Equal((255, 0, 0), picture.At(TileSheet.Gap + Scale - 1, Top + Scale - 1));
        Assert.Equal((0, 0, 255), picture.At(TileSheet.Gap + Scale, Top));
        Assert.Equal((255, 127, 127), picture.At(TileSheet.Gap + (2 * Scale), Top));
        Assert.Equal((255, 255, 255), picture.At(TileSheet.Gap + (3 * Scale), Top));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_not_finite_has_a_colour_of_its_own(float value)
    {
        Grey grey = new();
        grey.Parameters["conv1.weight"].Values[0] = value;
        Coloured coloured = new();
        coloured.Parameters["conv1.weight"].Values[0] = value;
        foreach (INetwork network in new INetwork[] { grey, coloured })
        {
            NetworkPlots.SaveKernels(_files["kernels.png"], network);
            Assert.Equal((255, 0, 255), Picture.Read(_files["kernels.png"]).At(TileSheet.Gap, Top));
        }

        float[] image = new float[Grey.InputLength];
        image[0] = value;
        using Grey.Predictor predictor = new Grey(seed: 3).CreatePredictor();
        NetworkPlots.SaveActivations(_files["maps.png"], predictor.Trace(image));
        Assert.Equal((255, 0, 255), Picture.Read(_files["maps.png"]).At(TileSheet.Gap, Top));
    }

    [Fact]
    public void Kernels_over_three_channels_are_colours()
    {
        Coloured network = new();
        Span<float> weight = network.Parameters["conv1.weight"].Values;
        weight.Clear();
        (weight[0], weight[9 + 1], weight[18 + 2]) = (1, 1, 1);
        NetworkPlots.SaveKernels(_files["kernels.png"], network);
        Picture picture = Picture.Read(_files["kernels.png"]);
        const int Pixels = 50 / 3;
        Assert.Equal([(255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0)],
            new[] { (0, 0), (1, 0), (2, 0), (0, 1) }.Select(place => picture.At(TileSheet.Gap + (place.Item1 * Pixels), Top + (place.Item2 * Pixels)))
                .Select(rgb => ((int)rgb.Red, (int)rgb.Green, (int)rgb.Blue)));
    }

    [Fact]
    public void Activations_are_strips_of_maps_from_the_least_number_to_the_largest()
    {
        Grey network = new(seed: 3);
        using Grey.Predictor predictor = network.CreatePredictor();
        float[] image = new float[Grey.InputLength];
        image[1] = 1;
        ActivationTrace trace = predictor.Trace(image);
        NetworkPlots.SaveActivations(_files["maps.png"], trace);
        Picture picture = Picture.Read(_files["maps.png"]);
        using (SkiaSharp.SKBitmap drawn = NetworkPlots.Activations(trace, null).Draw())
            Assert.Equal((drawn.Width, drawn.Height), (picture.Width, picture.Height));
        const int Pixels = 84 / 12;
        Assert.Equal(Rgb(0), picture.At(TileSheet.Gap, Top));
        Assert.Equal(Rgb(1), picture.At(TileSheet.Gap + Pixels, Top));
        Assert.Equal(Rgb(0), picture.At(TileSheet.Gap + (2 * Pixels), Top));
    }

    [Fact]
    public void Layers_can_be_chosen_by_name()
    {
        using Grey.Predictor predictor = new Grey(seed: 3).CreatePredictor();
        ActivationTrace trace = predictor.Trace(new float[Grey.InputLength]);
        NetworkPlots.SaveActivations(_files["all.png"], trace);
        NetworkPlots.SaveActivations(_files["one.png"], trace, ["maxpool1"]);
        Assert.True(Picture.Read(_files["one.png"]).Height < Picture.Read(_files["all.png"]).Height);
        Assert.Throws<ArgumentException>(() => NetworkPlots.SaveActivations(_files["none.png"], trace, ["conv7"]));
    }

    [Fact]
    public void Numbers_of_a_flat_layer_are_squares_and_its_caption_names_the_largest()
    {
        using Flat.Predictor predictor = new Flat(seed: 1).CreatePredictor();
        ActivationTrace trace = predictor.Trace([1, 5, 3, 2, 4]);
        NetworkPlots.SaveActivations(_files["flat.png"], trace, ["input1"]);
        Picture picture = Picture.Read(_files["flat.png"]);
        const int Side = 32;
        Assert.Equal(Rgb(0), picture.At(TileSheet.Gap, Top));
        Assert.Equal(Rgb(1), picture.At(TileSheet.Gap + Side, Top + Side - 1));
        Assert.Equal(Rgb(0.5), picture.At(TileSheet.Gap + (2 * Side), Top));
        Assert.Equal(["input1: 5 numbers, the largest is number 1: 5"], NetworkPlots.Activations(trace, ["input1"]).Captions);
    }

    [Fact]
    public void Many_numbers_take_several_rows_and_the_last_is_filled_up()
    {
        using Long.Predictor predictor = new Long(seed: 1).CreatePredictor();
        float[] input = new float[Long.InputLength];
        input[0] = 1;
        NetworkPlots.SaveActivations(_files["long.png"], predictor.Trace(input), ["input1"]);
        Picture picture = Picture.Read(_files["long.png"]);
        const int Side = 8;
        Assert.Equal(TileSheet.CaptionHeight + (2 * Side) + (2 * TileSheet.Gap), picture.Height);
        Assert.Equal(Rgb(1), picture.At(TileSheet.Gap, Top));
        Assert.Equal(Rgb(0), picture.At(TileSheet.Gap + (29 * Side), Top + Side));
        Assert.Equal((255, 255, 255), picture.At(TileSheet.Gap + (30 * Side), Top + Side));
    }

    [Fact]
    public void Channels_of_a_sequence_are_rows()
    {
        using Sequence.Predictor predictor = new Sequence(seed: 1).CreatePredictor();
        ActivationTrace trace = predictor.Trace(new float[Sequence.InputLength]);
        string[] captions = [.. NetworkPlots.Activations(trace, null).Captions];
        Assert.Equal("input1: 2 channels of 20, from dark, the least number of a layer, to bright, its largest", captions[0]);
        Assert.Equal("conv1: 3 channels of 20, bright where a kernel's pattern is", captions[1]);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_with_a_reason_and_leaves_no_file()
    {
        Flat network = new();
        Assert.Contains("[4, 5]",
            Assert.Throws<ArgumentException>(() => NetworkPlots.SaveKernels(_files["kernels.png"], network)).Message, StringComparison.Ordinal);
        using Flat.Predictor predictor = network.CreatePredictor();
        Assert.Contains("nothing to draw",
            Assert.Throws<ArgumentException>(() => NetworkPlots.SaveActivations(_files["maps.png"], predictor.Trace(new float[5]), [])).Message,
            StringComparison.Ordinal);
        Assert.False(File.Exists(_files["kernels.png"]) || File.Exists(_files["maps.png"]));
    }

    private static (byte, byte, byte) Rgb(double part)
    {
        ScottPlot.Color color = new ScottPlot.Colormaps.Viridis().GetColor(part);
        return (color.R, color.G, color.B);
    }
}
