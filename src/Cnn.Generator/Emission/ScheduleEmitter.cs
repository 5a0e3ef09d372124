using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes a pass: stages of calls with barriers between them, on tensors at literal offsets.</summary>
/// <param name="writer">Receives the statements.</param>
/// <param name="tensors">The tensors of the schedule.</param>
/// <param name="places">What stands where among parameters, gradients and transposed copies: the name of the local that refers to it.</param>
/// <param name="callers">Where the caller's numbers are.</param>
/// <param name="times">Whether each step is timed.</param>
/// <param name="sharesImages">Whether the workers do each image together where there are fewer images than workers.</param>
internal sealed class ScheduleEmitter(
    SourceWriter writer, EquatableArray<PlannedTensor> tensors, IReadOnlyDictionary<Address, string> places, CallersNumbers callers,
    bool times, bool sharesImages = false)
{
    /// <summary>
    /// Of a method. One costs about 45 bytes of IL, where it is looked up and where it is passed on; the JIT stops optimising methods of more than 60,000
    /// bytes, 2,000 locals or 2,000 blocks without a word, and 15,000 bytes keep away from each of these limits.
    /// </summary>
    private const int MostOperands = 300;

    /// <summary>Whether weights may be kept in fewer bits: by predictors, and not by trainers, which update them.</summary>
    private bool KeepsWeights => sharesImages;

    private readonly HashSet<string> _tensorNames = new(tensors.Select(static tensor => tensor.Name), StringComparer.Ordinal);

    /// <summary>The class of the steps, for the instruction set of the pass.</summary>
    private const string Steps = "Layers<TSimd, TVector>";

    private int _ranges;

    /// <summary>Writes the pass as a method, which calls parts of itself where it would be too long.</summary>
    /// <param name="modifiers">As <c>protected override void</c>.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="stages">The stages, in order.</param>
    /// <param name="options">The instruction sets that it chooses from, once for all of its calls.</param>
    public void EmitMethod(string modifiers, string name, EquatableArray<Stage> stages, EmitOptions options)
    {
        List<List<Stage>> parts = Parts(stages);
        using (writer.Block($"{modifiers} {name}(in _run::Worker worker)"))
            VectorSet.EmitChoice(writer, options, types => $"{name}<{types}>(worker);");
        writer.Line();
        using (Method(name))
        {
            if (parts.Count == 1)
                EmitBody(parts[0], isFirst: true);
            else
                parts.ForEach(part => writer.Line($"{name}{Expressions.Number(parts.IndexOf(part) + 1)}<TSimd, TVector>(worker);"));
        }

        for (int part = 0; part < parts.Count && parts.Count > 1; part++)
        {
            writer.Line();
            using (Method(name + Expressions.Number(part + 1)))
                EmitBody(parts[part], isFirst: part == 0);
        }
    }

    private SourceWriter.Scope Method(string name)
    {
        writer.Line($"private void {name}<TSimd, TVector>(in _run::Worker worker)");
        foreach (string constraint in VectorSet.Constraints)
            writer.Line(constraint);
        return writer.Braces();
    }

    private static List<List<Stage>> Parts(EquatableArray<Stage> stages)
    {
        List<List<Stage>> parts = [[]];
        int operands = 0;
        foreach (Stage stage in stages.Where(static stage => stage.Calls.Length > 0))
        {
            int more = stage.Calls.Sum(static call => call.Operands.Length);
            if (operands > 0 && operands + more > MostOperands)
            {
                parts.Add([]);
                operands = 0;
            }

            parts[parts.Count - 1].Add(stage);
            operands += more;
        }

        return parts;
    }

    private void EmitBody(List<Stage> stages, bool isFirst)
    {
        EmitReferences(stages);
        if (times)
            writer.Line("long clock = _run::StepTimes.Now;");
        bool hasImages = stages.Any(static stage => stage.Kind == StageKind.PerImage);
        if (hasImages)
            writer.Line(sharesImages
                ? "ShareImages(worker, out int from, out int to, out int part, out int parts);"
                : "worker.Range(images, out int from, out int to);");
        foreach (Stage stage in stages)
        {
            if (!isFirst)
                EmitBarrier(stage);
            isFirst = false;
            writer.Line();
            if (stage.Optional)
            {
                using (writer.Block("if (WithInputGradients)"))
                    EmitStage(stage);
            }
            else
            {
                EmitStage(stage);
            }
        }
    }

    private void EmitBarrier(Stage next)
    {
        if (next.Optional)
            writer.Indented("if (WithInputGradients)", "worker.Barrier();");
        else
            writer.Line("worker.Barrier();");
    }

    private void EmitReferences(List<Stage> stages)
    {
        List<Operand> all = [.. stages.SelectMany(static stage => stage.Calls).SelectMany(static call => call.Operands)];
        List<Address> operands = [.. all.Select(static operand => operand.Address)];
        HashSet<Address> weights = [.. all.Where(operand => operand.IsWeight && KeepsWeights).Select(static operand => operand.Address with { Skipped = 0 })];
        writer.Line("int images = Images;");
        List<int> used = [.. operands.Where(static operand => operand.Region == Region.Tensor).Select(static operand => operand.Tensor).Distinct()
            .OrderBy(static index => index)];
        if (used.Any(index => tensors[index].Space is MemorySpace.Batch or MemorySpace.OptionalBatch))
            writer.Line("int capacity = Capacity;");
        foreach (Address port in Ports(operands))
            writer.Line($"ref float {Port(port)} = ref {callers.Reference(port)};");
        foreach (Address place in operands.Select(static operand => operand with { Skipped = 0 }).Where(places.ContainsKey).Distinct()
            .OrderBy(static place => place.Region).ThenBy(static place => place.Offset))
            writer.Line(weights.Contains(place)
                ? $"_run::Weights {places[place]} = Weight(worker, {Expressions.Number(place.Offset)});"
                : $"ref float {places[place]} = "
                + $"{(place.Offset == 0 ? "ref " + Property(place.Region) : Expressions.At(Property(place.Region), [Expressions.Number(place.Offset)]))};");
        foreach (int index in used)
        {
            PlannedTensor tensor = tensors[index];
            string source = tensor.Offset == 0
                ? Memory(tensor)
                : $"At(ref {Memory(tensor)}, "
                    + $"{(tensor.Space is MemorySpace.Batch or MemorySpace.OptionalBatch ? "capacity, " : string.Empty)}{Expressions.Number(tensor.Offset)})";
            writer.Line(tensor.Space == MemorySpace.OptionalBatch
                ? $"ref float {Local(tensor)} = ref (WithInputGradients ? ref {source} : ref BatchMemory);"
                : $"ref float {Local(tensor)} = ref {source};");
        }
    }

    private string Memory(PlannedTensor tensor) => tensor.Space switch
    {
        MemorySpace.Batch => "BatchMemory",
        MemorySpace.OptionalBatch => "OptionalMemory",
        MemorySpace.Worker => tensor.IsOwn && sharesImages ? "OwnMemory(worker)" : "WorkerMemory(worker)",
        _ => "SharedMemory",
    };

    private void EmitStage(Stage stage)
    {
        if (stage.Kind == StageKind.PerImage)
        {
            using (writer.Block("for (int image = from; image < to; image++)"))
            {
                if (sharesImages)
                    EmitSharedImage(stage.Calls);
                else
                    EmitCalls(stage.Calls);
            }

            return;
        }

        int index = 0;
        while (index < stage.Calls.Length)
        {
            int shared = index;
            while (shared < stage.Calls.Length && stage.Calls[shared].Sharing == Sharing.First)
                shared++;
            if (shared > index)
                EmitLoneCalls([.. stage.Calls.Skip(index).Take(shared - index)]);
            if (shared < stage.Calls.Length)
                EmitSharedCall(stage.Calls[shared]);
            index = shared + 1;
        }
    }

    private void EmitLoneCalls(StepCall[] calls)
    {
        string[] statements = [.. calls.Select(call => $"{Steps}.{call.Method}({Arguments(call)});")];
        if (statements is [var statement])
        {
            writer.Indented("if (worker.Index == 0)", statement);
            return;
        }

        using (writer.Block("if (worker.Index == 0)"))
        {
            foreach (string line in statements)
                writer.Line(line);
        }
    }

    private void EmitSharedCall(StepCall call)
    {
        string units = Expressions.Number(call.Units);
        switch (call.Sharing)
        {
            case Sharing.UnitsOfImages:
                writer.Indented($"foreach (_run::UnitRun run in new _run::UnitRuns(worker, images, {units}))",
                    $"{Steps}.{call.Method}({Arguments(call, "run.FirstImage")});");
                break;
            case Sharing.Units when call.Groups > 1:
                writer.Indented(GroupLoop(call), $"{Steps}.{call.Method}({Arguments(call, "group.First")});");
                break;
            case Sharing.UnitsOfEachImage when call.Groups > 1:
                using (writer.Block(GroupLoop(call)))
                    writer.Indented("for (int image = group.First; image < group.End; image++)", $"{Steps}.{call.Method}({Arguments(call, "image")});");
                break;
            default:
                string range = Expressions.Number(++_ranges);
                string count = call.HasUnitsOfEachImage ? Expressions.Product("images", call.Units) : units;
                writer.Line($"worker.Range({count}, out int from{range}, out int to{range});");
                bool eachImage = call.Sharing == Sharing.UnitsOfEachImage;
                string statement = $"{Steps}.{call.Method}({Arguments(call, eachImage ? "image" : null, range)});";
                if (eachImage)
                    writer.Indented("for (int image = 0; image < images; image++)", statement);
                else
                    writer.Line(statement);
                break;
        }

        if (times)
            writer.Line($"_run::StepTimes.Add(worker, \"{call.Method}\", ref clock);");
    }

    private static string GroupLoop(StepCall call) =>
        $"foreach (_run::ImageGroup group in new _run::ImageGroups(worker, images, {Expressions.Number(call.Units)}, {Expressions.Number(call.Groups)}))";

    private void EmitCalls(IEnumerable<StepCall> calls)
    {
        foreach (StepCall call in calls)
            EmitCall(call.Method, $"{Steps}.{call.Method}({Arguments(call, "image")});");
    }

    private void EmitCall(string method, string statement)
    {
        writer.Line(statement);
        if (times)
            writer.Line($"_run::StepTimes.Add(worker, \"{method}\", ref clock);");
    }

    /// <summary>One image's calls: those with parts by all workers, those in turn by one after the other, and the rest by the first.</summary>
    private void EmitSharedImage(EquatableArray<StepCall> calls)
    {
        writer.Indented("if (image > from)", "Meet(worker, parts);");
        int index = 0;
        while (index < calls.Length)
        {
            if (calls[index].MeetsBefore)
                writer.Line("Meet(worker, parts);");
            string? condition = Condition(calls[index]);
            int end = index + 1;
            while (end < calls.Length && !calls[end].MeetsBefore && Condition(calls[end]) == condition)
                end++;
            if (condition is null)
            {
                EmitCalls(calls.Skip(index).Take(end - index));
            }
            else
            {
                using (writer.Block($"if ({condition})"))
                    EmitCalls(calls.Skip(index).Take(end - index));
            }

            index = end;
        }
    }

    /// <summary>Who calls; null for all. Neighbouring turns go to one worker as far as they can, so that their rows stay in its cache.</summary>
    private static string? Condition(StepCall call) => call switch
    {
        { IsShared: true } => null,
        { Turn: 0 } => "part == 0",
        _ => $"part == {Expressions.Number(call.Turn)} * parts / {Expressions.Number(call.Turns)}",
    };

    /// <param name="call">The call.</param>
    /// <param name="image">The image whose numbers it gets; null for those of all images.</param>
    /// <param name="range">Which range of units.</param>
    private string Arguments(StepCall call, string? image = null, string range = "") => string.Join(", ", [
        .. call.Operands.Select(operand => call.Groups > 1 && operand.Access is not (Access.In or Access.Scratch)
            ? GroupReference(operand.Address, call.GroupStride)
            : Argument(operand, image)),
        .. call.Numbers.Each().Select(number => Number(call, number, range))]);

    private string Number(StepCall call, RunNumbers number, string range) => number switch
    {
        RunNumbers.Images when call.Sharing == Sharing.UnitsOfImages => "run.Images",
        RunNumbers.Images => call.Groups > 1 ? "group.End - group.First" : "images",
        RunNumbers.From when call.Sharing == Sharing.UnitsOfImages => "run.FromUnit",
        RunNumbers.To when call.Sharing == Sharing.UnitsOfImages => "run.ToUnit",
        RunNumbers.From when call.Groups > 1 => "group.FromUnit",
        RunNumbers.To when call.Groups > 1 => "group.ToUnit",
        RunNumbers.IsFirst => call.Groups > 1 ? "image == group.First" : "image == 0",
        RunNumbers.DropoutKey => $"DropoutKey({Expressions.Number(call.Ordinal)})",
        RunNumbers.Image => "FirstImage + image",
        RunNumbers.From => "from" + range,
        RunNumbers.To => "to" + range,
        RunNumbers.Part => sharesImages && call.Sharing != Sharing.Turn ? "part" : "0",
        _ => sharesImages && call.Sharing != Sharing.Turn ? "parts" : "1",
    };

    private string GroupReference(Address sums, int stride) =>
        $"ref At(ref {Local(tensors[sums.Tensor])}, group.Index, {Expressions.Number(stride)})";

    private string Argument(Operand operand, string? image)
    {
        if (!operand.IsWeight)
            return Reference(operand.Address, image);
        if (!KeepsWeights)
            return $"new({Reference(operand.Address, image)})";
        string name = places[operand.Address with { Skipped = 0 }];
        return operand.Address.Skipped > 0 ? $"{name}.From({Expressions.Number(operand.Address.Skipped)})" : name;
    }

    private string Reference(Address operand, string? image)
    {
        if (places.TryGetValue(operand with { Skipped = 0 }, out string? place))
            return Expressions.At(place, operand.Skipped > 0 ? [Expressions.Number(operand.Skipped)] : []);
        (string name, int stride) = operand.Region switch
        {
            Region.Tensor => (Local(tensors[operand.Tensor]), tensors[operand.Tensor].Space is MemorySpace.Batch or MemorySpace.OptionalBatch
                ? tensors[operand.Tensor].Size
                : 0),
            _ when CallersNumbers.Have(operand.Region) => (Port(operand), callers.Length(operand)),
            _ => throw new InvalidOperationException($"Nothing is planned at {operand}."),
        };
        string start = image is not null && stride > 0 ? $"At(ref {name}, {image}, {Expressions.Number(stride)})" : name;
        return Expressions.At(start, operand.Offset > 0 ? [Expressions.Number(operand.Offset)] : []);
    }

    private static string Local(PlannedTensor tensor) => tensor.Name;

    private static IEnumerable<Address> Ports(List<Address> operands) => operands.Where(static operand => CallersNumbers.Have(operand.Region))
        .Select(static operand => new Address(operand.Region, operand.Tensor, 0)).Distinct().OrderBy(static port => port.Region)
        .ThenBy(static port => port.Tensor);

    private string Port(Address port)
    {
        string name = callers.Local(port);
        while (_tensorNames.Contains(name))
            name += "_";
        return name;
    }

    private static string Property(Region region) => region switch
    {
        Region.Parameters => "PackedParameters",
        Region.Others => "PackedOthers",
        Region.Gradients => "PackedGradients",
        Region.Derived => "TransposedWeights",
        _ => throw new InvalidOperationException($"No memory of the {region} is one piece."),
    };
}
