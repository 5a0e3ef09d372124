namespace Cnn.Generator.Model;

/// <summary>Every fault with its title and message; the descriptors of the diagnostics are made from it.</summary>
public static class FaultCatalog
{
    /// <summary>The reason of <see cref="FaultIds.Unreadable"/> where the compiler tells it better.</summary>
    public const string CompilersError = "the compiler finds an error in it";

    private static readonly Dictionary<string, FaultDescription> ById = [];

    static FaultCatalog()
    {
        AddDeclaration();
        AddLayers();
        AddShapes();
        AddGraph();
        IEnumerable<FaultDescription> families = AdviceCatalog.All.Concat(BlockFaultCatalog.All).Concat(MovementFaultCatalog.All);
        foreach (FaultDescription description in families.Concat(WeightsFaultCatalog.All))
            Add(description);
    }

    /// <summary>All of them, in the order of their numbers.</summary>
    public static IReadOnlyList<FaultDescription> All => [.. ById.Values.OrderBy(static fault => fault.Id, StringComparer.Ordinal)];

    public static FaultDescription Find(string id) => ById[id];

    public static string Title(string id) => ById[id].Title;

    /// <summary>The message of a fault, as the analyzer shows it.</summary>
    public static string Message(Fault fault) => ById[fault.Id].Message(fault);

    public static bool IsError(Fault fault) => ById[fault.Id].Severity == FaultSeverity.Error;

    /// <summary>
    /// Whether members added to the class would be errors of their own. To one that is only not partial they are added nevertheless: that is one error of
    /// the compiler's at the same place, and no member is missing where the class is used.
    /// </summary>
    public static bool IsOfClosedType(Fault fault) => fault.Id is FaultIds.Generic or FaultIds.NotAClass
        or FaultIds.NamedLikeGeneratedMember or FaultIds.FileLocal or FaultIds.HidesAbstractMember;

    private static void AddDeclaration()
    {
        Add(FaultIds.NotPartial, "Network class is not partial",
            "{0} is not partial, but the generator has to add members to it; add the modifier 'partial'");
        Add(FaultIds.ContainerNotPartial, "Type around a network is not partial",
            "{0} is nested in {1}, which is not partial, but the generator has to reopen every type around a network; add the modifier 'partial' to {1}");
        Add(FaultIds.Generic, "Network class is generic",
            "{0} is generic, but a network has fixed shapes and one set of parameters; remove the type parameters of {1}");
        Add(FaultIds.NotAClass, "Network is not an ordinary class",
            "{0} is {1}, but a network must be a class that can be created and compared by identity, because it owns parameters that training changes; "
            + "declare 'partial class {0}'");
        Add(FaultIds.NamedLikeGeneratedMember, "Network class is named like a generated member",
            "A network cannot be called {0}, because the generator adds a member of that name and C# forbids a member named like its class; "
            + "choose another name");
        Add(FaultIds.DeclaresGeneratedMember, "Network class declares a generated member",
            "{0} declares {1}, but the generator adds that member; rename or remove it");
        Add(FaultIds.FileLocal, "Network class is file-local",
            "{0} is local to its file, but the generator adds its members from another file; remove the modifier 'file' of {1}");
        Add(FaultIds.NoInput, "Network has no [Input]",
            "{0} has no [Input], but every shape follows from it; make an attribute such as [Input(1, 28, 28)] the first layer");
        Add(FaultIds.NoLayer, "Network has no layer",
            "{0} has no layer after [Input], but a network needs at least one; add a layer attribute such as [Linear(10)]");
        Add(FaultIds.LayersOnTwoDeclarations, "Layers stand on two partial declarations",
            "Layers of {0} stand on two of its partial declarations, but must all stand on one, because there is no order between declarations; "
            + "move them together");
        Add(FaultIds.LanguageTooOld, "C# of the project is too old",
            "{0} is generated as C# {1}, but the project is compiled as C# {2}; remove LangVersion from the project file, or set it to {1} or higher");
        Add(FaultIds.NoBaseConstructor, "Base class of a network has no constructor without arguments",
            "{0} derives from {1}, which has no constructor that {0} can call without arguments, but the generated constructors of {0} know no others; "
            + "add one to {1}, or derive from another class");
        Add(FaultIds.RequiredMember, "Network has a required member",
            "{0} has the required member {1}, but networks are also created from a seed or a weights file alone, which set no member; "
            + "remove the modifier 'required' of {1} and give it a value to start with");
        Add(FaultIds.HidesAbstractMember, "Generated member hides an abstract member",
            "{0} inherits the abstract member {1} of {2}, which the generated member of that name would hide and not override; "
            + "move {1} to an interface, which the generated member implements if its type is the same, or rename it");
        Add(FaultIds.UnknownAttribute, "No layer and no other attribute of that name",
            "[{0}] is no layer, and no other attribute that the compiler finds; {1}");
        Add(FaultIds.MissingUsing, "Layer attributes without 'using Cnn;'",
            "[{0}] is an attribute of the namespace Cnn, which this file does not use; add 'using Cnn;'");
        Add(FaultIds.LayersWithoutNetwork, "Layer attributes without [Network] or [Block]",
            "{0} has layer attributes but neither [Network] nor [Block], so nothing is generated; add one of the two or remove the layers");
    }

    private static void AddLayers()
    {
        Add(FaultIds.InputNotFirst, "No [Input] before the first layer",
            "[Input] stands after {0}, but an [Input] must come before the first layer, because every shape follows from it; move it to the front");
        Add(FaultIds.UnnamedInput, "One of several inputs has no name",
            "{0} has {1} inputs, but this one has no name, and callers tell several apart by their names; write [Input({2}, Name = \"...\")], or remove it");
        Add(FaultIds.PortNameTaken, "Name of a port is taken",
            "'{0}' cannot name an {1} of {2}, because {3}; choose another name");
        Add(FaultIds.ArgumentOutOfRange, "Argument is out of range",
            "{0} of {1} is {2}, but must be {3}, because {4}");
        Add(FaultIds.InvalidName, "Name of a layer is not valid",
            "'{0}' cannot name a layer or a port, because parameters in weights files and members are called after it; use letters, digits and underscores");
        Add(FaultIds.DuplicateName, "Name of a layer or a port is used twice",
            "'{0}' names two layers or ports, but a name must be unique, because parameters in weights files and members "
            + "are called after it; {1} has it already");
        Add(new FaultDescription
        {
            Id = FaultIds.Unreadable,
            Title = "Declaration cannot be read",
            Format = "{0} cannot be read, because {1}; correct that first",
            IsReportedByCompiler = true,
        });
    }

    private static void AddShapes()
    {
        Add(FaultIds.FlatInput, "Layer needs spatial axes",
            "{0} needs an input with spatial axes, but {1} gives {2}, which has none; put {0} before [Flatten], or give [Input] axes after the channels");
        Add(FaultIds.WrongNumberOfValues, "Wrong number of values",
            "{0} of {1} has {2}, but needs {3}, because {4}");
        Add(FaultIds.KernelLargerThanInput, "Kernel is larger than the padded input",
            "{0} does not fit its input {1} (padded {2}): use {3}");
        Add(FaultIds.EmptyOutput, "Output has an axis of length 0",
            "{0} does not fit its input {1} (padded {2}), not even once with CeilMode: use {3}");
        Add(FaultIds.GroupsDoNotDivide, "Groups do not divide the channels",
            "Groups of {0} is {1}, which does not divide its {2}, but must divide input and output channels, because each group takes an equal share; "
            + "the nearest number that divides both is {3}");
        Add(FaultIds.LinearOnMap, "Linear on a feature map",
            "{0} needs a flat input, but {1} gives the feature map {2}; insert [Flatten] before it");
        Add(FaultIds.TensorTooLarge, "Tensor is too large",
            "The {0} of {1} would have the shape {2} and {3} elements, but an array holds at most {4}; make the layer smaller");
        Add(FaultIds.PoolPaddingTooLarge, "Padding of a pool is too large",
            "The padding of {0} is {1} at the {2}, but must be at most {3}, half of the kernel's {4}, "
            + "because a window could otherwise see nothing but padding");
        Add(FaultIds.NothingToNormalize, "Norm over a single value",
            "{0} normalises over {1}, but its input {2} has a single value there, whose distance from its own mean is always 0; "
            + "remove the layer, or put it where there is more to normalise over");
        Add(FaultIds.TransposedOutputEmpty, "Padding removes all of a transposed convolution",
            "The padding of {0} takes {2} elements off the {1}, but kernel, stride and dilation make only {3} there of "
            + "its input {4}; pad by at most {5} in all");
        Add(FaultIds.ReflectionTooLarge, "Reflection is larger than the map",
            "{0} reflects {1} elements at the {2}, but its input {3} has only {4} there to reflect, because the edge itself is not repeated; "
            + "pad by at most {4}, or use PadMode.Replicate");
        Add(FaultIds.WrongRank, "Layer needs another number of axes",
            "{0} needs height and width to interpolate between, but {1} gives {2}, which has {3} after the channels; "
            + "use UpsampleMode.Linear, which interpolates in any rank");
    }

    private static void AddGraph()
    {
        Add(FaultIds.WindowSeesPadding, "Window sees nothing but padding",
            "A window of {0} sees nothing of the {1} of its input {2}, because with a dilation of {5} its elements lie at {3} and {4}, both in the padding; "
            + "use a smaller dilation or no padding");
        Add(FaultIds.UnknownName, "No layer of that name",
            "{0} takes its input from '{1}', but there is no layer of that name; {2}");
        Add(FaultIds.LaterName, "Named layer comes later",
            "{0} takes its input from '{1}', which is not computed yet, but layers run in the order in which they are written; "
            + "name an earlier layer or move {1} to the front");
        Add(FaultIds.ShapesDoNotFit, "Shapes do not fit together",
            "{0} {1} {2} with the shape {3} and {4} with the shape {5}, but {6}; name another layer, or give one of the two another shape before {0}");
    }

    private static void Add(string id, string title, string format) => Add(new FaultDescription { Id = id, Title = title, Format = format });

    private static void Add(FaultDescription description) => ById.Add(description.Id, description);
}
