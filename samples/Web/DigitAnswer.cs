using System.Text.Json;
using System.Text.Json.Serialization;

namespace WebSample;

/// <summary>What a picture is taken for.</summary>
/// <param name="Digit">The most likely digit.</param>
/// <param name="Probability">How likely it is, from 0 to 1.</param>
/// <param name="Digits">The three most likely ones.</param>
internal sealed record DigitAnswer(int Digit, float Probability, IReadOnlyList<DigitScore> Digits);

/// <summary>A digit and how likely it is.</summary>
internal sealed record DigitScore(int Digit, float Probability);

/// <summary>Why there is no answer.</summary>
internal sealed record Refusal(string Reason);

/// <summary>How answers are written, known at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DigitAnswer))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class DigitJson : JsonSerializerContext;
