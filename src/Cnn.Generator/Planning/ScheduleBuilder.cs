using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Collects methods; equal bodies become one.</summary>
public sealed class MethodLibrary
{
    private readonly Dictionary<StepBody, string> _byBody = [];
    private readonly List<StepMethod> _methods = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public EquatableArray<StepMethod> Methods => _methods.ToEquatableArray();

    /// <summary>Adds a method, or finds the equal one that is there.</summary>
    public string Add(string name, string formula, StepBody body)
    {
        if (_byBody.TryGetValue(body, out string? existing))
            return existing;
        string unique = name;
        for (int number = 2; !_names.Add(unique); number++)
            unique = name + "_" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _byBody.Add(body, unique);
        _methods.Add(new StepMethod { Name = unique, Formula = formula, Body = body });
        return unique;
    }
}

/// <summary>Collects tensors and stages, and in the end decides where each tensor lives.</summary>
public sealed class ScheduleBuilder
{
    private readonly List<TensorDraft> _tensors = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<StageDraft> _stages = [];
    private int _clock;

    private sealed class TensorDraft
    {
        public required string Name { get; init; }

        public required int Size { get; init; }

        public bool Shared { get; init; }

        public bool Optional { get; init; }

        /// <inheritdoc cref="PlannedTensor.IsOwn"/>
        public bool IsOwn { get; init; }

        public int FirstStage { get; set; } = int.MaxValue;

        public int LastStage { get; set; } = -1;

        public int FirstCall { get; set; } = int.MaxValue;

        public int LastCall { get; set; } = -1;

        public bool OnlyPerImage { get; set; } = true;
    }

    private sealed class StageDraft
    {
        public required StageKind Kind { get; init; }

        public required bool Optional { get; init; }

        public List<StepCall> Calls { get; } = [];
    }

    public int StageCount => _stages.Count;

    /// <summary>Declares a tensor of so many floats an image.</summary>
    public int Tensor(string name, int size, bool optional = false)
    {
        _tensors.Add(new TensorDraft { Name = Unique(name), Size = size, Optional = optional });
        return _tensors.Count - 1;
    }

    /// <summary>Declares memory that each worker has for itself, from the first call that gets it to the last, even where the workers do each image together.</summary>
    public int Own(string name, int size)
    {
        _tensors.Add(new TensorDraft { Name = Unique(name), Size = TensorLayout.RoundUp(size, 16), IsOwn = true });
        return _tensors.Count - 1;
    }

    /// <summary>Declares memory of which there is one.</summary>
    public int Shared(string name, int size)
    {
        _tensors.Add(new TensorDraft { Name = Unique(name), Size = TensorLayout.RoundUp(size, 16), Shared = true });
        return _tensors.Count - 1;
    }

    /// <summary>A stage with nothing in it, for what happens outside the schedule (the loss).</summary>
    public int Pause()
    {
        _stages.Add(new StageDraft { Kind = StageKind.Batch, Optional = false });
        return _stages.Count - 1;
    }

    public void PerImage(string method, bool optional, params Operand[] operands) => Add(StageKind.PerImage, optional, false, Call(method, CallShape.Plain, operands));

    /// <summary>A call for each image, which several workers can do together.</summary>
    public void PerImageInParts(string method, bool optional, params Operand[] operands) => Add(StageKind.PerImage, optional, false, Call(method, CallShape.Part, operands));

    /// <summary>A call for each image that is one worker's, whose turn it is: it may read what that worker's earlier calls of the same turn made, and its own tensors.</summary>
    /// <param name="method">What is called.</param>
    /// <param name="turn">From 0 anew for each layer.</param>
    /// <param name="turns">Of how many.</param>
    /// <param name="isWhole">Whether the method takes a part of the work, and gets all of it.</param>
    /// <param name="operands">What it is called with.</param>
    public void PerImageInTurn(string method, int turn, int turns, bool isWhole, params Operand[] operands) =>
        Add(StageKind.PerImage, false, false, Call(method, CallShape.Turn, operands) with { Turn = turn, Turns = turns, IsWhole = isWhole });

    /// <summary>A call for each image that writes the border of a tensor, beside those that write what is inside.</summary>
    public void PerImageBorder(string method, Operand operand) => Add(StageKind.PerImage, false, false, Call(method, CallShape.Border, [operand]));

    /// <summary>A call for each image that each worker which takes part does for itself, into its own tensors.</summary>
    public void PerImageEach(string method, params Operand[] operands) => Add(StageKind.PerImage, false, false, Call(method, CallShape.Each, operands));

    public void PerImageWithKey(string method, int ordinal, bool optional, params Operand[] operands) =>
        Add(StageKind.PerImage, optional, false, Call(method, CallShape.DropoutKey, operands) with { Units = ordinal });

    public void PerImageWithCount(string method, bool optional, params Operand[] operands) =>
        Add(StageKind.PerImage, optional, false, Call(method, CallShape.ImageCount, operands));

    /// <summary>A call that all workers share, in a stage of its own unless it joins the one before, on whose results it then does not depend.</summary>
    public void Batch(string method, CallShape shape, int units, bool join, bool optional, params Operand[] operands) =>
        Add(StageKind.Batch, optional, !join, Call(method, shape, operands) with { Units = units });

    public static Operand At(int tensor, int offset = 0) => new(Region.Tensor, tensor, offset);

    private static StepCall Call(string method, CallShape shape, Operand[] operands) => new() { Method = method, Operands = operands.ToEquatableArray(), Shape = shape };

    private void Add(StageKind kind, bool optional, bool fresh, StepCall call)
    {
        StageDraft? stage = _stages.Count > 0 ? _stages[^1] : null;
        if (stage is null || stage.Kind != kind || stage.Optional != optional || fresh)
        {
            stage = new StageDraft { Kind = kind, Optional = optional };
            _stages.Add(stage);
        }

        int index = _stages.Count - 1;
        _clock++;
        foreach (Operand operand in call.Operands)
        {
            if (operand.Region != Region.Tensor)
                continue;
            TensorDraft tensor = _tensors[operand.Tensor];
            tensor.FirstStage = Math.Min(tensor.FirstStage, index);
            tensor.LastStage = Math.Max(tensor.LastStage, index);
            tensor.FirstCall = Math.Min(tensor.FirstCall, _clock);
            tensor.LastCall = Math.Max(tensor.LastCall, _clock);
            tensor.OnlyPerImage &= kind == StageKind.PerImage;
        }

        stage.Calls.Add(call);
    }

    /// <summary>Places every tensor and closes the schedule.</summary>
    public (EquatableArray<PlannedTensor> Tensors, EquatableArray<Stage> Stages, MemoryPlan Memory) Build()
    {
        MemorySpace[] spaces = [.. _tensors.Select(SpaceOf)];
        int[] offsets = new int[_tensors.Count];
        int batch = Place(spaces, MemorySpace.Batch, offsets, static tensor => tensor.FirstStage, static tensor => tensor.LastStage, out int liveBatch);
        int worker = Place(spaces, MemorySpace.Worker, offsets, static tensor => tensor.FirstCall, static tensor => tensor.LastCall, out int liveWorker);
        int optional = Place(spaces, MemorySpace.OptionalBatch, offsets, static tensor => tensor.FirstStage, static tensor => tensor.LastStage, out _);
        int shared = Place(spaces, MemorySpace.Shared, offsets, static _ => 0, static _ => 0, out _);
        EquatableArray<PlannedTensor> tensors = _tensors
            .Select((tensor, index) => new PlannedTensor { Name = tensor.Name, Space = spaces[index], IsOwn = tensor.IsOwn, Size = tensor.Size, Offset = offsets[index] }).ToEquatableArray();
        EquatableArray<Stage> stages = _stages
            .Select(static stage => new Stage { Kind = stage.Kind, Optional = stage.Optional, Calls = stage.Calls.ToEquatableArray() }).ToEquatableArray();
        return (tensors, stages, new MemoryPlan(batch, worker, shared, optional, liveBatch, liveWorker));
    }

    /// <summary>A tensor that lives within one run over an image belongs to the worker: the next image reuses it, still in cache.</summary>
    private static MemorySpace SpaceOf(TensorDraft tensor)
    {
        if (tensor.Shared)
            return MemorySpace.Shared;
        if (tensor.IsOwn || (tensor.OnlyPerImage && tensor.FirstStage == tensor.LastStage))
            return MemorySpace.Worker;
        return tensor.Optional ? MemorySpace.OptionalBatch : MemorySpace.Batch;
    }

    private int Place(
        MemorySpace[] spaces, MemorySpace space, int[] offsets, Func<TensorDraft, int> first, Func<TensorDraft, int> last, out int live)
    {
        List<int> members = [.. Enumerable.Range(0, _tensors.Count).Where(index => spaces[index] == space && (_tensors[index].LastStage >= 0 || _tensors[index].Shared))];
        List<ArenaPlanner.Interval> intervals = [.. members.Select(index => new ArenaPlanner.Interval(_tensors[index].Size, first(_tensors[index]), last(_tensors[index])))];
        int[] placed = ArenaPlanner.Place(intervals, out int total);
        for (int member = 0; member < members.Count; member++)
            offsets[members[member]] = placed[member];
        live = ArenaPlanner.Live(intervals);
        return members.Count == 0 ? 0 : total;
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int number = 2; !_names.Add(unique); number++)
            unique = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return unique;
    }
}
