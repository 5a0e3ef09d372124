namespace Cnn.Data.Tests;

/// <summary>Crops, colours, erasing and mixing: what each may do to an image, and that nothing but the seed decides it.</summary>
public sealed class ImageVariationTests
{
    private const int Side = 16;
    private const int Area = Side * Side;

    [Fact]
    public void A_crop_of_a_slope_is_a_part_of_it_brought_to_full_size()
    {
        float[] slope = [.. Enumerable.Range(0, Area).Select(index => index % Side / (float)(Side - 1))];
        List<float> widths = [];
        foreach (float[] image in Varied(new Augmentation { ResizedCrop = new ResizedCrop { LeastArea = 0.2 } }, slope, [1, Side, Side], 200))
        {
            float[] row = image[..Side];
            Assert.Equal(row.Order(), row);
            Assert.All(Enumerable.Range(0, Area), index => Assert.Equal(row[index % Side], image[index], 1e-6f));
            widths.Add(row[^1] - row[0]);
        }

        // A part of 0.2 to 1 of the area, up to 4/3 as wide as high: 6 to 16 of 16 pixels.
        Assert.InRange(widths.Min(), 5f / 15, 8f / 15);
        Assert.InRange(widths.Max(), 14f / 15, 1);
        float[] whole = Varied(new Augmentation { ResizedCrop = new ResizedCrop { LeastArea = 1, Stretch = 1 } }, slope, [1, Side, Side], 1)[0];
        Assert.All(whole.Zip(slope), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void Colours_change_within_their_ranges_and_stay_pixels()
    {
        float[] image = [.. Enumerable.Repeat(0.4f, Area), .. Enumerable.Repeat(0.2f, Area), .. Enumerable.Repeat(0.1f, Area)];
        int[] shape = [3, Side, Side];
        float[][] bright = Varied(new Augmentation { Colours = new ColourJitter { Brightness = 0.5 } }, image, shape, 300);
        Assert.InRange(bright.Min(pixels => pixels[0]), 0.2f, 0.22f);
        Assert.InRange(bright.Max(pixels => pixels[0]), 0.58f, 0.6f);
        Assert.All(bright, pixels => Assert.Equal(pixels[0], 2 * pixels[Area], 1e-6f));

        foreach (float[] turned in Varied(new Augmentation { Colours = new ColourJitter { Hue = 0.5 } }, image, shape, 100))
        {
            float[] channels = [turned[0], turned[Area], turned[2 * Area]];
            Assert.Equal(0.4f, channels.Max(), 1e-5f);
            Assert.Equal(0.1f, channels.Min(), 1e-5f);
        }

        float grey = (0.299f * 0.4f) + (0.587f * 0.2f) + (0.114f * 0.1f);
        foreach (float[] pixels in Varied(new Augmentation { Colours = new ColourJitter { Saturation = 0.2, Contrast = 0.3 } }, image, shape, 100))
        {
            Assert.Equal(grey, (0.299f * pixels[0]) + (0.587f * pixels[Area]) + (0.114f * pixels[2 * Area]), 1e-5f);
            Assert.All(pixels, pixel => Assert.InRange(pixel, 0, 1));
        }

        Assert.Throws<ArgumentException>(() => Varied(new Augmentation { Colours = new ColourJitter { Hue = 0.1 } }, new float[Area], [1, Side, Side], 1));
    }

    [Fact]
    public void Some_images_have_an_erased_rectangle()
    {
        float[][] images = Varied(
            new Augmentation { Erasing = new RandomErasing { Probability = 0.25 } }, [.. Enumerable.Repeat(1f, Area)], [1, Side, Side], 1000);
        float[][] erased = [.. images.Where(image => image.Contains(0))];
        Assert.InRange(erased.Length, 200, 300);
        foreach (float[] image in erased)
        {
            int[] blank = [.. Enumerable.Range(0, Area).Where(index => image[index] == 0)];
            int wide = blank.Max(index => index % Side) - blank.Min(index => index % Side) + 1;
            int high = (blank.Max() / Side) - (blank.Min() / Side) + 1;
            Assert.Equal(wide * high, blank.Length);
            Assert.InRange(blank.Length, 0.01 * Area, 0.37 * Area);
        }
    }

    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(0, 1)]
    [InlineData(0.4, 1)]
    public void Mixed_images_have_their_classes_in_the_shares_of_their_pixels(double mixUp, double cutMix)
    {
        // Each image has the number of its class in all pixels, so that the mean pixel is the mean class.
        ImageDataset images = NumberedImages.Create(10, classes: 10);
        using ExampleLoader loader = new(images, new LoaderOptions
        {
            BatchSize = 4,
            Seed = 3,
            Augmentation = new Augmentation { MixUp = mixUp, CutMix = cutMix },
        });
        int mixed = 0;
        int blended = 0;
        for (int epoch = 0; epoch < 20; epoch++)
        {
            loader.StartEpoch(epoch);
            while (loader.Next())
            {
                Assert.True(loader.Batch.Labels().IsEmpty);
                for (int place = 0; place < loader.Batch.Count; place++)
                {
                    float[] pixels = loader.Batch.Input().Slice(place * 64, 64).ToArray();
                    float[] target = loader.Batch.Values().Slice(place * 10, 10).ToArray();
                    Assert.Equal(1, target.Sum(), 1e-5f);
                    Assert.Equal(target.Select((share, label) => share * label).Sum(), pixels.Average(), 1e-4f);
                    mixed += target.Count(share => share > 0) == 2 ? 1 : 0;
                    blended += pixels.Any(pixel => pixel != MathF.Round(pixel)) ? 1 : 0;
                }
            }
        }

        Assert.InRange(mixed, 100, 200);
        Assert.True(mixUp > 0 ? blended > 0 : blended == 0);
    }

    [Fact]
    public void Neither_workers_nor_batches_change_what_an_image_becomes()
    {
        Augmentation everything = new()
        {
            ResizedCrop = new ResizedCrop(),
            Rotation = 10,
            Shift = 1,
            Flip = true,
            Colours = new ColourJitter { Brightness = 0.2, Contrast = 0.2 },
            Cutout = 2,
            Erasing = new RandomErasing(),
            MixUp = 0.2,
            CutMix = 1,
        };
        Dictionary<int, string> expected = Images(batchSize: 5, workers: 0);
        Assert.Equal(expected, Images(batchSize: 7, workers: 1));
        Assert.Equal(expected, Images(batchSize: 2, workers: 3));

        Dictionary<int, string> Images(int batchSize, int workers)
        {
            using ExampleLoader loader = new(NumberedImages.Create(23, classes: 5), new LoaderOptions
            {
                BatchSize = batchSize,
                Seed = 9,
                Augmentation = everything,
                Workers = workers,
            });
            Dictionary<int, string> images = [];
            loader.StartEpoch(2);
            while (loader.Next())
            {
                for (int place = 0; place < loader.Batch.Count; place++)
                {
                    float[] values = [.. loader.Batch.Input().Slice(place * 64, 64), .. loader.Batch.Values().Slice(place * 5, 5)];
                    images[loader.Indices[place]] = string.Join(' ', values.Select(BitConverter.SingleToInt32Bits));
                }
            }

            return images;
        }
    }

    [Fact]
    public void What_cannot_be_mixed_or_moved_is_refused()
    {
        Examples maps = new(2, new float[2 * 64], new int[2 * 64]);
        Assert.Contains("would have to be moved in its target too", Refused(maps, new Augmentation { Flip = true }), StringComparison.Ordinal);
        Assert.Contains("one class an image", Refused(maps, new Augmentation { MixUp = 1 }), StringComparison.Ordinal);
        Examples labels = new(2, new float[2 * 64], new int[2]);
        Assert.Contains("give Classes", Refused(labels, new Augmentation { CutMix = 1 }), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation { MixUp = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResizedCrop { LeastArea = 0 });
        using ExampleLoader loader = new(maps, new LoaderOptions { ImageShape = [1, 8, 8], Augmentation = new Augmentation { Cutout = 2 } });

        static string Refused(Examples examples, Augmentation augmentation) => Assert.Throws<ArgumentException>(
            () => new ExampleLoader(examples, new LoaderOptions { ImageShape = [1, 8, 8], Augmentation = augmentation })).Message;
    }

    private static float[][] Varied(Augmentation augmentation, float[] image, int[] shape, int count)
    {
        ImageDataset dataset = new([.. image], [0], shape, 1);
        using BatchLoader loader = new(dataset, new LoaderOptions { BatchSize = 1, Augmentation = augmentation, Seed = 1, Workers = 0 });
        var images = new float[count][];
        for (int epoch = 0; epoch < count; epoch++)
        {
            loader.StartEpoch(epoch);
            loader.Next();
            images[epoch] = loader.Inputs.ToArray();
        }

        return images;
    }
}
