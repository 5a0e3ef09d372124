using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Reading;

/// <summary>
/// Who reports errors. In a build the generator does, because its diagnostics come before all others of the compiler's, and where no analyzer runs. In an
/// editor the analyzer does, because generators run only now and then there, and code fixes are offered for what analyzers report alone. The package's
/// targets mark what an editor asks of the project file, by an analyzer configuration file.
/// </summary>
public static class EditorMark
{
    public const string Key = "cnn_editor";

    public static bool IsIn(AnalyzerConfigOptions options) =>
        options.TryGetValue(Key, out string? value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
