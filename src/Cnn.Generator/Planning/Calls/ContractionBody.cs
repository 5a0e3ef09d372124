using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

public sealed record ContractionBody : StepBody
{
    /// <summary>What the residual is called.</summary>
    public const string Residual = "r";

    public required Contraction Contraction { get; init; }

    /// <summary><c>a</c>, <c>b</c>, the start values if there are any, the residual if there is one, and <c>c</c>.</summary>
    public required EquatableArray<StepOperand> Formals { get; init; }

    /// <summary>The kernels of its lane sections.</summary>
    public required EquatableArray<SectionKernel> Sections { get; init; }

    public override EquatableArray<StepOperand> Operands => Formals;

    public override RunNumbers Numbers => (Contraction.TakesImages ? RunNumbers.Images : RunNumbers.None)
        | (Contraction.Start == StartValue.Previous ? RunNumbers.IsFirst : RunNumbers.None)
        | (Contraction.Units == UnitKind.None ? RunNumbers.Share : RunNumbers.Range);

    public override int Units => Contraction.UnitCount;

    /// <inheritdoc/>
    public override bool RowsAreImages => Contraction.Rows is [{ Count: Contraction.Images }];

    public override ContractionBody Kernels => this;

    /// <summary>The same for an operand that is a layer's weight.</summary>
    public ContractionBody WithWeight(string name) =>
        this with { Formals = Formals.Select(formal => formal.Name == name ? formal with { IsWeight = true } : formal).ToEquatableArray() };

    /// <summary>A contraction whose operands have these names.</summary>
    public static ContractionBody Of(Contraction contraction, string a, string b, string c, string? start = null)
    {
        if (start is null && contraction.HasStartValues)
            contraction = contraction with { Start = StartValue.Zero };
        StepOperand sum = new(c, contraction.Start == StartValue.Previous ? Access.InOut : Access.Out);
        StepOperand[] startValues = start is null ? [] : [new StepOperand(start, Access.In)];
        StepOperand[] residual = contraction.Epilogue.HasResidual ? [new StepOperand(Residual, Access.In)] : [];
        return new ContractionBody
        {
            Contraction = contraction,
            Sections = SectionKernel.Of(contraction),
            Formals = [new StepOperand(a, Access.In), new StepOperand(b, Access.In), .. startValues, .. residual, sum],
        };
    }
}
