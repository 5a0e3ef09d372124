using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Collects tensors and the calls on them, cuts these into stages, and in the end decides where each tensor lives.</summary>
/// <param name="methods">The methods of the steps; schedules of one network share them.</param>
/// <param name="variant">What its methods are called after where those of another schedule differ, as <c>Training</c>.</param>
public sealed class ScheduleBuilder(MethodLibrary methods, string variant)
{
    private readonly List<TensorDraft> _tensors = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<StageDraft> _stages = [];

    /// <summary>Declares a tensor of so many floats an image.</summary>
    public int Tensor(string name, int size, bool optional = false) => Declare(new TensorDraft(Unique(name), size) { Optional = optional });

    /// <summary>Declares a tensor whose memory is no other's: what nobody writes of it stays 0 from pass to pass.</summary>
    public int Lasting(string name, int size) => Declare(new TensorDraft(Unique(name), size) { IsLasting = true });

    /// <summary>
    /// Declares memory that each worker has for itself, from the first call that gets it to the last, even where the workers do each image together.
    /// </summary>
    public int Own(string name, int size) => Declare(new TensorDraft(Unique(name), TensorLayout.RoundUp(size, Targets.LineFloats)) { IsOwn = true });

    /// <summary>Declares memory of which there is one. What nobody writes of it is 0.</summary>
    public int Shared(string name, int size) => Declare(new TensorDraft(Unique(name), TensorLayout.RoundUp(size, Targets.LineFloats)) { IsShared = true });

    /// <summary>Declares memory of which there is one, from the first stage that gets it to the last.</summary>
    public int Passing(string name, int size) =>
        Declare(new TensorDraft(Unique(name), TensorLayout.RoundUp(size, Targets.LineFloats)) { IsShared = true, IsPassing = true });

    /// <summary>A stage with nothing in it, for what happens outside the schedule (the loss).</summary>
    public void Pause() => _stages.Add(new StageDraft(StageKind.Batch, Optional: false) { IsPause = true });

    /// <summary>A call for each image, of which several workers can do parts where its method takes one.</summary>
    /// <param name="step">What is called.</param>
    /// <param name="optional">Whether it runs for input gradients only.</param>
    /// <param name="ordinal">The number of a dropout layer.</param>
    public void PerImage(Step step, bool optional = false, int ordinal = 0)
    {
        StepCall call = Call(step, step.Body.Numbers.HasFlag(RunNumbers.Share) ? Sharing.Parts : Sharing.First) with { Ordinal = ordinal };
        StageDraft? last = _stages.LastOrDefault();
        if (last is not { Kind: StageKind.PerImage } || last.Optional != optional)
            _stages.Add(last = new StageDraft(StageKind.PerImage, optional));
        last.Calls.Add(call);
    }

    /// <summary>
    /// A call for each image that is one worker's, whose turn it is: it may read what that worker's earlier calls of the same turn made, and its own
    /// tensors.
    /// </summary>
    /// <param name="step">What is called.</param>
    /// <param name="turn">From 0 anew for each layer.</param>
    /// <param name="turns">Of how many.</param>
    public void PerImageInTurn(Step step, int turn, int turns) => AddToImage(Call(step, Sharing.Turn) with { Turn = turn, Turns = turns });

    /// <summary>A call for each image that each worker which takes part does for itself, into its own tensors.</summary>
    public void PerImageEach(Step step) => AddToImage(Call(step, Sharing.Each));

    /// <summary>A call that all workers share by units, or that one does for all, beside those of the stage before unless it depends on one of them.</summary>
    /// <param name="step">What is called.</param>
    /// <param name="optional">Whether it runs for input gradients only.</param>
    /// <param name="groups">Of images whose sums are apart, where it sums over the images.</param>
    /// <param name="groupStride">Floats from one group's sums to the next's.</param>
    public void Batch(Step step, bool optional = false, int groups = 1, int groupStride = 0)
    {
        StepCall call = Call(step, SharingOf(step.Body)) with { Groups = groups, GroupStride = groupStride };
        StageDraft? last = _stages.LastOrDefault();
        if (last is not { Kind: StageKind.Batch, IsPause: false } || last.Optional != optional
            || last.Calls.Any(earlier => !(earlier.Sharing == Sharing.First && call.Sharing == Sharing.First) && Conflict(earlier, call)))
            _stages.Add(last = new StageDraft(StageKind.Batch, optional));
        last.Calls.Add(call);
    }

    /// <summary>Places every tensor and closes the schedule.</summary>
    /// <returns>The tensors, the stages before the pause and behind it, and the memory that they need.</returns>
    public (EquatableArray<PlannedTensor> Tensors, EquatableArray<Stage> Before, EquatableArray<Stage> Behind, MemoryPlan Memory) Build()
    {
        LoneCalls.Move(_stages, Conflict);
        MarkLifetimes();
        MemorySpace[] spaces = [.. _tensors.Select(SpaceOf)];
        int[] offsets = new int[_tensors.Count];
        int batch = Place(spaces, MemorySpace.Batch, offsets, static tensor => tensor.IsLasting ? 0 : tensor.FirstStage,
            tensor => tensor.IsLasting ? _stages.Count : tensor.LastStage, out int liveBatch);
        int calls = _stages.Sum(static stage => stage.Calls.Count);
        int worker = Place(spaces, MemorySpace.Worker, offsets, static tensor => tensor.IsLasting ? 0 : tensor.FirstCall,
            tensor => tensor.IsLasting ? calls : tensor.LastCall, out int liveWorker);
        int optional = Place(spaces, MemorySpace.OptionalBatch, offsets, static tensor => tensor.FirstStage, static tensor => tensor.LastStage, out _);
        int shared = Place(spaces, MemorySpace.Shared, offsets, static tensor => tensor.IsPassing ? tensor.FirstStage : 0,
            tensor => tensor.IsPassing ? tensor.LastStage : _stages.Count, out _);
        EquatableArray<PlannedTensor> tensors = _tensors
            .Select((tensor, index) => new PlannedTensor
            {
                Name = tensor.Name,
                Space = spaces[index],
                IsOwn = tensor.IsOwn,
                IsLasting = tensor.IsLasting,
                Size = tensor.Size,
                Offset = offsets[index],
            }).ToEquatableArray();
        return (
            tensors,
            _stages.TakeWhile(static stage => !stage.IsPause).Select(static stage => stage.Close()).ToEquatableArray(),
            _stages.SkipWhile(static stage => !stage.IsPause).Skip(1).Select(static stage => stage.Close()).ToEquatableArray(),
            new MemoryPlan(batch, worker, shared, optional, liveBatch, liveWorker));
    }

    private static Sharing SharingOf(StepBody body)
    {
        if (body.Numbers.HasFlag(RunNumbers.IsFirst))
            return Sharing.UnitsOfEachImage;
        if (!body.Numbers.HasFlag(RunNumbers.Range))
            return Sharing.First;
        return body.RowsAreImages ? Sharing.UnitsOfImages : Sharing.Units;
    }

    private int Declare(TensorDraft tensor)
    {
        _tensors.Add(tensor);
        return _tensors.Count - 1;
    }

    /// <summary>The method of a part of a step, which the step's own method calls.</summary>
    public string Method(string name, string formula, StepBody body) => methods.Add(name, variant, formula, body);

    private StepCall Call(Step step, Sharing sharing) => new()
    {
        Method = methods.Add(step.Name, variant, step.Formula, step.Body),
        Operands = step.Addresses.Zip(step.Body.Operands, static (address, formal) => new Operand(address, formal.Access, formal.IsWeight))
            .ToEquatableArray(),
        Numbers = step.Body.Numbers,
        Units = step.Body.Units,
        HasUnitsOfEachImage = step.Body.HasUnitsOfEachImage,
        Sharing = sharing,
    };

    private void AddToImage(StepCall call)
    {
        if (_stages.LastOrDefault() is not { Kind: StageKind.PerImage, Optional: false })
            _stages.Add(new StageDraft(StageKind.PerImage, Optional: false));
        _stages[^1].Calls.Add(call);
    }

    /// <summary>Whether two calls touch the same memory, and one of them writes it.</summary>
    private bool Conflict(StepCall earlier, StepCall call) =>
        earlier.Operands.Any(first => call.Operands.Any(second => (first.IsWritten || second.IsWritten) && IsSame(first.Address, second.Address)));

    private bool IsSame(Address first, Address second) => first.Region == second.Region && first.Tensor == second.Tensor
        && (first.Region == Region.Tensor ? !_tensors[first.Tensor].IsOwn : first.Offset == second.Offset);

    private void MarkLifetimes()
    {
        int clock = 0;
        for (int stage = 0; stage < _stages.Count; stage++)
        {
            foreach (StepCall call in _stages[stage].Calls)
            {
                clock++;
                foreach (Operand operand in call.Operands.Where(static operand => operand.Address.Region == Region.Tensor))
                    _tensors[operand.Address.Tensor].Touch(stage, clock, _stages[stage].Kind);
            }
        }
    }

    /// <summary>A tensor that lives within one run over an image belongs to the worker: the next image reuses it, still in cache.</summary>
    private static MemorySpace SpaceOf(TensorDraft tensor)
    {
        if (tensor.IsShared)
            return MemorySpace.Shared;
        if (tensor.IsOwn || (tensor.OnlyPerImage && tensor.FirstStage == tensor.LastStage))
            return MemorySpace.Worker;
        return tensor.Optional ? MemorySpace.OptionalBatch : MemorySpace.Batch;
    }

    private int Place(
        MemorySpace[] spaces, MemorySpace space, int[] offsets, Func<TensorDraft, int> first, Func<TensorDraft, int> last, out int live)
    {
        List<int> members = [.. Enumerable.Range(0, _tensors.Count)
            .Where(index => spaces[index] == space && (_tensors[index].LastStage >= 0 || _tensors[index].IsShared))];
        List<ArenaPlanner.Interval> intervals =
            [.. members.Select(index => new ArenaPlanner.Interval(_tensors[index].Size, first(_tensors[index]), last(_tensors[index])))];
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
