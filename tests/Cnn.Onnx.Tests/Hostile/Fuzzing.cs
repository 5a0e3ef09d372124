using System.Globalization;

namespace Cnn.Onnx.Tests.Hostile;

/// <summary>Damages files by seeded mutations and holds that a parser reads them or throws the one exception that it documents.</summary>
internal static class Fuzzing
{
    /// <summary>How many files each parser gets; the default is for every run of the tests.</summary>
    private const string Variable = "CNN_FUZZ";
    private const int DefaultCount = 2_000;

    /// <summary>A damaged file of 10 KB that makes a parser take this much would be a way to take all memory with a larger one.</summary>
    private const long MostBytes = 512 << 20;

    private const int MostEdits = 4;

    /// <summary>Bytes, of which a few are changed, added, moved or taken away.</summary>
    public static byte[] Mutated(byte[] source, Random random)
    {
        List<byte> bytes = [.. source];
        int edits = 1 + random.Next(MostEdits);
        for (int edit = 0; edit < edits && bytes.Count > 0; edit++)
        {
            int place = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[place] = (byte)(random.Next(2) == 0 ? 0xFF : 0x00);
                    break;
                case 3:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place, 1 + random.Next(8)));
                    break;
                case 5:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(place, Math.Min(bytes.Count - place, 1 + random.Next(64))));
                    break;
                default:
                    if (random.Next(4) == 0)
                        bytes.RemoveRange(place, bytes.Count - place);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Reads many damaged files.</summary>
    /// <param name="make">A damaged file.</param>
    /// <param name="read">Reads it.</param>
    /// <typeparam name="TFile">What is read.</typeparam>
    /// <typeparam name="TException">What the parser throws where it does not read a file.</typeparam>
    public static void Run<TFile, TException>(Func<Random, TFile> make, Action<TFile> read)
        where TException : Exception
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
            ? given
            : DefaultCount;
        int refused = 0;
        for (int seed = 0; seed < count; seed++)
        {
            TFile file = make(new Random(seed));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(file);
            }
            catch (TException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"The file of seed {seed} made the parser throw {exception}");
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes,
                $"The file of seed {seed} took {GC.GetAllocatedBytesForCurrentThread() - before:N0} bytes.");
        }

        Assert.InRange(refused, count / 20, count - 1);
    }
}
