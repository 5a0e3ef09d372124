namespace Cnn.Generator.Model;

/// <summary>The diagnostics' numbers: stable once published, never used again for anything else.</summary>
/// <remarks>CNN0xxx declaration, CNN1xxx shapes and graph, CNN2xxx advice, CNN3xxx weights and options, CNN9xxx information.</remarks>
public static class FaultIds
{
    public const string NotPartial = "CNN0001";
    public const string ContainerNotPartial = "CNN0002";
    public const string Generic = "CNN0003";
    public const string NotAClass = "CNN0004";
    public const string NamedLikeGeneratedMember = "CNN0005";
    public const string DeclaresGeneratedMember = "CNN0006";
    public const string FileLocal = "CNN0007";
    public const string NoInput = "CNN0008";
    public const string NoLayer = "CNN0009";
    public const string InputNotFirst = "CNN0010";
    public const string UnnamedInput = "CNN0011";
    public const string LayersOnTwoDeclarations = "CNN0012";
    public const string LayersWithoutNetwork = "CNN0013";
    public const string ArgumentOutOfRange = "CNN0014";
    public const string InvalidName = "CNN0015";
    public const string DuplicateName = "CNN0016";
    public const string Unreadable = "CNN0017";

    public const string BlockHasInput = "CNN0020";
    public const string NotAConstant = "CNN0021";
    public const string EmptyBlock = "CNN0022";
    public const string NotABlock = "CNN0023";
    public const string BlockElsewhere = "CNN0024";
    public const string TooManyArguments = "CNN0025";
    public const string RecursiveBlock = "CNN0026";
    public const string NotComputable = "CNN0027";
    public const string NetworkAndBlock = "CNN0028";
    public const string ReservedName = "CNN0029";

    public const string LanguageTooOld = "CNN0030";
    public const string NoBaseConstructor = "CNN0031";
    public const string RequiredMember = "CNN0032";
    public const string HidesAbstractMember = "CNN0033";

    public const string PortNameTaken = "CNN0034";
    public const string BlockHasOutput = "CNN0035";

    public const string UnknownAttribute = "CNN0036";
    public const string MissingUsing = "CNN0037";

    public const string FlatInput = "CNN1001";
    public const string WrongNumberOfValues = "CNN1002";
    public const string KernelLargerThanInput = "CNN1003";
    public const string EmptyOutput = "CNN1004";
    public const string GroupsDoNotDivide = "CNN1005";
    public const string LinearOnMap = "CNN1006";
    public const string UnknownName = "CNN1007";
    public const string LaterName = "CNN1008";
    public const string TensorTooLarge = "CNN1009";
    public const string PoolPaddingTooLarge = "CNN1010";
    public const string ShapesDoNotFit = "CNN1011";
    public const string NothingToNormalize = "CNN1016";
    public const string TransposedOutputEmpty = "CNN1017";
    public const string ReflectionTooLarge = "CNN1018";
    public const string WrongRank = "CNN1019";

    public const string NoValue = "CNN1020";
    public const string ResidualOutsideBlock = "CNN1021";
    public const string ShortcutDiffers = "CNN1022";
    public const string NoProjection = "CNN1023";
    public const string TooManyLayers = "CNN1024";

    public const string NoPermutation = "CNN1030";
    public const string ElementsDoNotFit = "CNN1031";
    public const string EmptySlice = "CNN1032";
    public const string FactorDoesNotDivide = "CNN1033";
    public const string TooManyAxes = "CNN1034";

    public const string WindowSeesPadding = "CNN1040";

    public const string MergeableLayers = "CNN2001";
    public const string UnusedName = "CNN2002";
    public const string WindowsLeaveGaps = "CNN2003";
    public const string RedundantBias = "CNN2004";
    public const string UnreachedEdge = "CNN2005";
    public const string SmallReceptiveField = "CNN2006";
    public const string UnusedOutput = "CNN2007";
    public const string DoubledActivation = "CNN2008";
    public const string NeverDisposed = "CNN2009";
    public const string OutputTwice = "CNN2010";

    public const string WeightMissing = "CNN3001";
    public const string WeightUnexpected = "CNN3002";
    public const string WeightShape = "CNN3003";
    public const string WeightType = "CNN3004";
    public const string WeightNotFinite = "CNN3005";
    public const string WeightCutOff = "CNN3006";
    public const string WeightsUnreadable = "CNN3007";
    public const string WeightsWithoutNetwork = "CNN3008";

    public const string LayerHint = "CNN9001";
}
