namespace Cnn.Generator.Model;

/// <summary>What the project asks of the generator.</summary>
/// <param name="Avx512">Whether 512-bit kernels are emitted.</param>
/// <param name="Avx2">Whether 256-bit kernels are emitted.</param>
/// <param name="Neon">Whether 128-bit kernels are emitted, for 32 registers too; they run on WebAssembly as well.</param>
/// <param name="Wasm">Whether 128-bit kernels are emitted, for 16 registers.</param>
/// <param name="StepTimes">Whether each step is timed.</param>
/// <param name="Trace">Whether predictors can show every layer's activation.</param>
/// <param name="WinogradTraining">Whether trainers compute wide 3x3 and 5x5 convolutions by Winograd's tiles.</param>
public sealed record EmitOptions(
    bool Avx512 = true, bool Avx2 = true, bool Neon = true, bool Wasm = true, bool StepTimes = false, bool Trace = false, bool WinogradTraining = true);
