using Cnn.Onnx.Tests.Support;

namespace Cnn.Onnx.Tests.Importing;

/// <summary>Models of one operator or layer each, and a trained one, with known answers.</summary>
public sealed class KnownAnswerTests
{
    [Fact]
    public void Every_model_that_is_imported_gives_its_known_answer() =>
        Assert.Empty(ImportedCases.Small.Where(result => result.Errors.Any(error => !error.Passes))
            .Select(result => $"{result.Case.Name}: {string.Join("; ", result.Errors)}"));

    [Fact]
    public void Every_model_has_its_error_or_the_reason_of_its_refusal_in_the_documentation()
    {
        foreach (CaseResult result in ImportedCases.Small)
            CaseTable.Check(result);
    }

    [Fact]
    public void The_documentation_has_one_row_for_each_case_and_no_other() =>
        Assert.Equal(ModelCase.Small.Concat(ModelCase.Light).Select(model => model.Name).Order(StringComparer.Ordinal),
            CaseTable.Cases.Order(StringComparer.Ordinal));
}
