using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;

namespace Cnn.Generator.Tests.Reading;

/// <summary>Declarations of small networks with none to three changes, as typing, refactoring and ignorance make them.</summary>
internal static partial class MutatedDeclaration
{
    private static readonly string[] Valid =
    [
        "[Network, Input(1, 12, 12)]\n[Conv(4, 5, Padding = 2), ReLU, MaxPool(2)]\n[Conv(6, 3), BatchNorm, ReLU]\n[Flatten]\n[Linear(8), "
        + "Tanh]\n[Linear(3)]\npublic partial class Net;",
        "[Network, Input(9)]\n[Linear(12, Bias = false), BatchNorm(Epsilon = 1e-3), GELU(Tanh = true)]\n"
        + "[Dropout(0.25)]\n[Linear(4), LogSoftmax]\npublic sealed partial class Net { public const int Size = 3; }",
        "[Network, Input(2, 3, 4, 5), Conv(4, 3, Paddings = [1, 1, 1], Groups = 2), SiLU, AvgPool([1, 2, 2], CountIncludePad = false), "
        + "GlobalAvgPool]\npublic partial class Net;",
        "[Network, Input(4, 19)]\n[Conv(6, 5, Stride = 2, Dilation = 2, Name = \"stem\"), LeakyReLU(Slope = 0.1)]\n[MaxPool(3, Stride = 1, Padding = 1, "
        + "CeilMode = true)]\n[Clip(-1, 1), Softplus]\npartial class Net;",
        "[Network, Input(3, 6, 6)]\n[Conv(4, 3, Padding = 1), ReLU(Name = \"x\")]\n[Conv(4, 3, Padding = 1, Frozen = true), Identity]\n"
        + "[HardSigmoid(Alpha = 0.2), ELU, Softmax]\n[Conv(2, 1, 1, From = \"x\")]\npublic partial class Net;",
        "[Network, Input(2, 8, 6)]\n[Normalize(Mean = [0.5, 0.25], Deviation = [1, 2]), Pad(1, Mode = PadMode.Reflect), Conv(4, 3, Groups = 2, Name = \"a\"), "
        + "GroupNorm(2), PReLU]\n[Concat(\"a\"), LocalResponseNorm(3, K = 2), InstanceNorm(Affine = true), AdaptiveAvgPool(3, 2)]\n"
        + "[ConvTranspose(4, 2, Stride = 2, OutputPadding = 1), LayerNorm, Upsample(2, Mode = UpsampleMode.Bilinear), GlobalMaxPool]\n"
        + "public partial class Net;",
        "[Block, Conv(Width, 3, Padding = 1, Bias = false), BatchNorm, ReLU, Conv(Width, 3, Padding = 1), Residual] public sealed class Unit "
        + "{ public const int Width = 4; }\n[Network, Input(2, 8, 8), Block<Unit>(4, Repeat = 2), Block<Unit>(6, Name = \"x\"), Add(\"x\"), "
        + "GlobalAvgPool]\npublic partial class Net;",
    ];

    private static readonly Gen<string> OddValue = Gen.OneOfConst(
        "0", "-1", "1", "2", "7", "64", "65535", "2147483647", "-2147483648", "3000000000", "99999999999999999999", "1e400", "double.NaN", "0.5", "'c'",
        "null", "default", "\"x\"", "\"\"", "\"stem\"", "[1, 2]", "[]", "new[] { 3 }", "new int[0]", "Size", "missing", "sizeof(int)", "typeof(int)",
        "2 + 2", "1 / 0", "true", "(3)", "");

    private static readonly Gen<string> Attribute = Gen.OneOfConst(
        "Conv(3, 3)", "Conv", "Linear(5)", "Flatten", "BatchNorm", "MaxPool(2)", "AvgPool", "Input(2, 5)", "ReLU(From = \"x\")", "Dropout(1)",
        "Flaten", "Obsolete", "Network",
        "Softmax(Name = \"x\")", "GlobalAvgPool", "Cnn.ReLU", "System.Serializable", "Clip(2, 1)", "Identity(Frozen = true)");

    private static readonly Gen<string> Property = Gen.OneOfConst(
        "Stride", "Strides", "Padding", "Paddings", "Dilation", "Dilations", "Groups", "Bias", "Name", "From", "Frozen", "Epsilon",
        "CeilMode", "Wobble", "kernel");

    private static readonly Gen<string> Debris = Gen.OneOfConst("(", ")", "[", "]", "{", "}", ",", ";", "\"", "//", "/*", "#if X\n", "= ", "<T>",
        "record ", "\n", "\0", "İ", "@");

    private static readonly Gen<string> Header = Gen.OneOfConst(
        "public class Net", "partial struct Net", "partial record Net", "file partial class Net", "partial class Net<T>",
        "static partial class Net", "partial class @class",
        "partial interface Net", "enum Net", "abstract partial class Net", "partial class Trainer", "partial record struct Net");

    private static readonly Gen<Func<string, string>> Mutation = Gen.Frequency(
        (6, Gen.Int[0, 99].Select(OddValue, Func<string, string> (place, value) => text => Replace(Numbers(), text, place, value))),
        (2, Gen.Int[0, 99].Select(OddValue, Func<string, string> (place, value) => text => Replace(Words(), text, place, value))),
        (3, Gen.Int[0, 99].Select(Attribute, Func<string, string> (place, layer) => text => Replace(Layers(), text, place, layer))),
        (2, Gen.Int[0, 99].Select(Attribute, Func<string, string> (place, layer) => text => Insert(Layers(), text, place, layer + ", "))),
        (2, Gen.Int[0, 99].Select(Property, OddValue,
            Func<string, string> (place, name, value) => text => Insert(Closings(), text, place, $", {name} = {value}"))),
        (1, Gen.Int[0, 99].Select(Func<string, string> (place) => text => Replace(Layers(), text, place, "Identity"))),
        (1, Gen.Int[0, 999].Select(Debris, Func<string, string> (place, debris) => text => text.Insert(place % (text.Length + 1), debris))),
        (1, Gen.Int[0, 999].Select(Gen.Int[1, 9],
            Func<string, string> (place, length) => text => text.Remove(place % text.Length, Math.Min(length, text.Length - (place % text.Length))))),
        (1, Header.Select(Func<string, string> (header) => text => Replace(Headers(), text, 0, header))));

    public static Gen<string> Any { get; } = Gen.OneOfConst(Valid).Select(
        Mutation.Array[0, 3],
        (text, mutations) => mutations.Aggregate(text, static (changed, mutation) => changed.Length == 0 ? changed : mutation(changed)));

    private static string Replace(Regex what, string text, int place, string replacement)
    {
        MatchCollection found = what.Matches(text);
        if (found.Count == 0)
            return text;
        Match match = found[place % found.Count];
        return text.Remove(match.Index, match.Length).Insert(match.Index, replacement);
    }

    private static string Insert(Regex before, string text, int place, string inserted)
    {
        MatchCollection found = before.Matches(text);
        return found.Count == 0 ? text : text.Insert(found[place % found.Count].Index, inserted);
    }

    [GeneratedRegex(@"(?<![\w.])-?\d+(\.\d+)?(e-?\d+)?")]
    private static partial Regex Numbers();

    [GeneratedRegex("\"\\w*\"|true|false")]
    private static partial Regex Words();

    [GeneratedRegex(@"\b[A-Z]\w+(\([^()]*\))?(?=[,\]])")]
    private static partial Regex Layers();

    [GeneratedRegex(@"(?<=\(.*)\)")]
    private static partial Regex Closings();

    [GeneratedRegex(@"(public |sealed )*partial class \w+")]
    private static partial Regex Headers();
}
