using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Cnn.Data.Tests;

public sealed partial class SafetensorsFuzzTests
{
    private const int Mutations = 10_000;
    private const long LargestAllocation = 4_000_000;

    private static readonly string[] HostileTexts =
    [
        "-1", "0", "1", "2", "4", "8", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "1e9",
        "1.5", "null", "true", "\"\"", "[]",
        "{}", "[[]]", "\"F64\"", "\"I64\"", "\"conv1.bias\"", "\"__metadata__\"", "\\", "\"", "{", "}", "[", "]", ",", ":", " ",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_damage_to_a_file_ends_in_the_documented_exception_or_in_finite_values(int seed)
    {
        var random = new Random(seed);
        byte[] whole = SmallNetwork.Saved(SmallNetwork.Create());
        ParameterSet parameters = SmallNetwork.Create(first: 1000);
        float[] before = SmallNetwork.AllValues(parameters);
        var watch = Stopwatch.StartNew();
        int refused = 0;
        for (int round = 0; round < Mutations; round++)
        {
            byte[] damaged = Damage(whole, random);
            bool canSeek = random.Next(2) == 0;
            Stream Open() => canSeek ? new MemoryStream(damaged) : new ForwardOnlyStream(damaged);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            Accepts(() => TensorFile.Read(Open()));
            if (Accepts(() => WeightsFile.Load(parameters, Open())))
            {
                Assert.All(SmallNetwork.AllValues(parameters), value => Assert.True(float.IsFinite(value)));
                parameters = SmallNetwork.Create(first: 1000);
            }
            else
            {
                refused++;
                Assert.Equal(before, SmallNetwork.AllValues(parameters));
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, LargestAllocation);
        }

        // Most mutations hit the header or the length; if few were refused, the mutations would have stopped reaching the reader.
        Assert.InRange(refused, Mutations / 2, Mutations);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    private static bool Accepts(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (WeightsException)
        {
            return false;
        }
    }

    private static byte[] Damage(byte[] whole, Random random) => random.Next(5) switch
    {
        0 => whole[..random.Next(whole.Length)],
        1 => [.. whole, .. new byte[random.Next(1, 20)]],
        2 => FlipBits(whole, random, random.Next(1, 4)),
        3 => ReplaceToken(whole, random),
        _ => SpliceHeader(whole, random),
    };

    private static byte[] FlipBits(byte[] whole, Random random, int count)
    {
        byte[] damaged = [.. whole];
        for (int flip = 0; flip < count; flip++)
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        return damaged;
    }

    // Replaces one number, text or bracket of the header and mends the length, so that the damage gets past it.
    private static byte[] ReplaceToken(byte[] whole, Random random)
    {
        (string header, byte[] data) = Split(whole);
        MatchCollection tokens = Token().Matches(header);
        Match token = tokens[random.Next(tokens.Count)];
        string changed = header[..token.Index] + HostileTexts[random.Next(HostileTexts.Length)] + header[(token.Index + token.Length)..];
        return Bytes.Safetensors(Encoding.UTF8.GetBytes(changed), data);
    }

    private static byte[] SpliceHeader(byte[] whole, Random random)
    {
        (string header, byte[] data) = Split(whole);
        int from = random.Next(header.Length);
        int length = random.Next(Math.Min(60, header.Length - from));
        int to = random.Next(header.Length);
        return Bytes.Safetensors(Encoding.UTF8.GetBytes(header.Insert(to, header.Substring(from, length))), data);
    }

    private static (string Header, byte[] Data) Split(byte[] whole)
    {
        int length = (int)BitConverter.ToUInt64(whole);
        return (Encoding.UTF8.GetString(whole, 8, length), whole[(8 + length)..]);
    }

    [GeneratedRegex("""[0-9]+|"[^"]*"|[][{}:,]""")]
    private static partial Regex Token();
}
