using Cnn.Definitions;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>From an attribute's kind and arguments to the layer's record.</summary>
/// <remarks>A new kind of layer gets a line in <see cref="CreateKind"/>; an activation has its line in <see cref="ActivationTable"/>.</remarks>
internal static class LayerFactory
{
    private const string Unnamed = "";

    /// <summary>Makes the layer's record; an <see cref="UnreadableSpec"/> where an argument is not a value of the wanted type.</summary>
    /// <param name="kind">The attribute without its suffix, as <c>Conv</c>.</param>
    /// <param name="values">The arguments by name.</param>
    /// <param name="block">For the use of a block, which one.</param>
    /// <returns>A record that has a name only where the arguments give one; see <see cref="DefaultNames"/>.</returns>
    public static LayerSpec Create(string kind, EquatableArray<NamedArgument> values, BlockReference? block = null)
    {
        LayerArguments arguments = new(values);
        LayerSpec? layer = !arguments.IsReadable ? null : block is null ? CreateKind(kind, arguments) : CreateUse(block, arguments);
        string? name = arguments.Text("Name") ?? arguments.Text("name");
        string? from = arguments.Text("From");
        bool frozen = arguments.Flag("Frozen", false);
        if (layer is null || !arguments.IsReadable)
            layer = new UnreadableSpec(kind) { Name = Unnamed };
        return layer with { Name = name ?? Unnamed, IsNamed = name is not null, From = from, Frozen = frozen };
    }

    private static BlockUseSpec CreateUse(BlockReference block, LayerArguments arguments) => new()
    {
        Name = Unnamed,
        Block = block,
        Arguments = arguments.Integers("arguments"),
        Repeat = arguments.Integer("Repeat", 1),
    };

    private static LayerSpec? CreateKind(string kind, LayerArguments arguments) => kind switch
    {
        "Input" => new InputSpec
        {
            Name = Unnamed,
            Shape = arguments.Integers("shape"),
            Layout = (DataLayout)arguments.Integer("Layout", 0),
            Element = (PortElement)arguments.Integer("Element", 0),
        },
        "Output" => new OutputSpec { Name = Unnamed, Layout = (DataLayout)arguments.Integer("Layout", 0) },
        "Conv" => new ConvSpec
        {
            Name = Unnamed,
            OutChannels = arguments.Integer("outChannels", 0),
            Window = CreateWindow(arguments),
            Groups = arguments.Integer("Groups", 1),
            Bias = arguments.Flag("Bias", true),
        },
        "ConvTranspose" => new ConvTransposeSpec
        {
            Name = Unnamed,
            OutChannels = arguments.Integer("outChannels", 0),
            Window = CreateWindow(arguments),
            OutputPadding = arguments.Integer("OutputPadding", 0),
            OutputPaddings = arguments.IntegersOrNull("OutputPaddings"),
            Groups = arguments.Integer("Groups", 1),
            Bias = arguments.Flag("Bias", true),
        },
        "MaxPool" => CreatePool(PoolKind.Max, arguments),
        "AvgPool" => CreatePool(PoolKind.Average, arguments),
        "GlobalAvgPool" => new GlobalPoolSpec { Name = Unnamed, Pool = PoolKind.Average },
        "GlobalMaxPool" => new GlobalPoolSpec { Name = Unnamed, Pool = PoolKind.Max },
        "AdaptiveAvgPool" => new AdaptiveAvgPoolSpec { Name = Unnamed, Size = arguments.Integers("size") },
        "Pad" => new PadSpec
        {
            Name = Unnamed,
            Paddings = arguments.Integers("paddings"),
            Mode = (PadMode)arguments.Integer("Mode", 0),
            Value = arguments.Real("Value", 0),
        },
        "Upsample" => new UpsampleSpec { Name = Unnamed, Scale = arguments.Integer("scale", 0), Mode = (UpsampleMode)arguments.Integer("Mode", 0) },
        "Flatten" => new FlattenSpec { Name = Unnamed },
        "Identity" => new IdentitySpec { Name = Unnamed },
        "Linear" => new LinearSpec { Name = Unnamed, OutFeatures = arguments.Integer("outFeatures", 0), Bias = arguments.Flag("Bias", true) },
        "PReLU" => new PReLUSpec { Name = Unnamed, PerChannel = arguments.Flag("PerChannel", false) },
        "Dropout" => new DropoutSpec { Name = Unnamed, Probability = arguments.Real("probability", 0.5) },
        "Residual" => new ResidualSpec { Name = Unnamed, Shortcut = (ShortcutKind)arguments.Integer("Shortcut", 0) },
        "Softmax" => new SoftmaxSpec { Name = Unnamed },
        "LogSoftmax" => new SoftmaxSpec { Name = Unnamed, Logarithm = true },
        "Add" => new AddSpec { Name = Unnamed, Others = [arguments.Text("other") ?? string.Empty] },
        "Multiply" => new MultiplySpec { Name = Unnamed, Others = [arguments.Text("other") ?? string.Empty] },
        "Concat" => new ConcatSpec { Name = Unnamed, Others = arguments.Texts("others") },
        _ => CreateNorm(kind, arguments) ?? CreateActivation(kind, arguments),
    };

    private static WindowSpec CreateWindow(LayerArguments arguments) => new()
    {
        Kernel = arguments.Integers("kernel"),
        Stride = arguments.IntegerOrNull("Stride"),
        Strides = arguments.IntegersOrNull("Strides"),
        Padding = arguments.Integer("Padding", 0),
        Paddings = arguments.IntegersOrNull("Paddings"),
        Dilation = arguments.Integer("Dilation", 1),
        Dilations = arguments.IntegersOrNull("Dilations"),
    };

    private static PoolSpec CreatePool(PoolKind pool, LayerArguments arguments) => new()
    {
        Name = Unnamed,
        Pool = pool,
        Window = CreateWindow(arguments),
        CeilMode = arguments.Flag("CeilMode", false),
        CountIncludePad = arguments.Flag("CountIncludePad", true),
    };

    private static LayerSpec? CreateNorm(string kind, LayerArguments arguments) => kind switch
    {
        "BatchNorm" => new BatchNormSpec
        {
            Name = Unnamed,
            Epsilon = arguments.Real("Epsilon", 1e-5),
            Momentum = arguments.Real("Momentum", 0.1),
            Affine = arguments.Flag("Affine", true),
        },
        "LayerNorm" or "InstanceNorm" or "GroupNorm" => CreateImageNorm(kind, arguments),
        "LocalResponseNorm" => new LocalResponseNormSpec
        {
            Name = Unnamed,
            Size = arguments.Integer("size", 0),
            Alpha = arguments.Real("Alpha", 1e-4),
            Beta = arguments.Real("Beta", 0.75),
            K = arguments.Real("K", 1),
        },
        "Normalize" => new NormalizeSpec { Name = Unnamed, Mean = arguments.Reals("Mean"), Deviation = arguments.Reals("Deviation") },
        _ => null,
    };

    private static ImageNormSpec CreateImageNorm(string kind, LayerArguments arguments)
    {
        ImageNormSpec norm = kind switch
        {
            "LayerNorm" => new LayerNormSpec { Name = Unnamed },
            "InstanceNorm" => new InstanceNormSpec { Name = Unnamed },
            _ => new GroupNormSpec { Name = Unnamed, Groups = arguments.Integer("groups", 0) },
        };
        return norm with { Epsilon = arguments.Real("Epsilon", 1e-5), Affine = arguments.Flag("Affine", norm is not InstanceNormSpec) };
    }

    private static ActivationSpec? CreateActivation(string kind, LayerArguments arguments)
    {
        ActivationDefinition? activation = ActivationTable.OfKind(kind).FirstOrDefault(Chooses);
        return activation is null ? null : new ActivationSpec
        {
            Name = Unnamed,
            Activation = activation.Name,
            Numbers = activation.Numbers.Select(number => arguments.Real(number.Name, arguments.Real(number.LowerName, number.Default))).ToEquatableArray(),
        };

        bool Chooses(ActivationDefinition candidate) => candidate.Flag is not { } flag || arguments.Flag(flag.Name, false) == flag.Value;
    }
}
