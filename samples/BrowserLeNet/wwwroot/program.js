// The program: .NET on WebAssembly, and the memory that it shares with the page.
import { dotnet } from './_framework/dotnet.js';

/** Floats that lie in the program's memory, with a copy of them in the page's. */
class SharedFloats {
  #view;
  #bytes;

  constructor(view) {
    this.#view = view;
    this.#bytes = new Uint8Array(view.byteLength);
    this.values = new Float32Array(this.#bytes.buffer);
  }

  /** Brings the copy up to date. */
  read() {
    this.#view.copyTo(this.#bytes);
    return this.values;
  }

  /** Brings the program's floats up to date. */
  write() {
    this.#view.set(this.#bytes);
  }
}

// ?max-isa=scalar runs the kernels of a browser without vectors.
const limit = new URLSearchParams(location.search).get('max-isa');
const { getAssemblyExports, getConfig } = await (limit ? dotnet.withEnvironmentVariable('CNN_MAX_ISA', limit) : dotnet).create();
const exported = (await getAssemblyExports(getConfig().mainAssemblyName)).BrowserLeNet.Interop;

export const reading = exported.ReadingExports;
export const summary = exported.SummaryExports;
export const training = exported.TrainingExports;

export const pixels = new SharedFloats(reading.Pixels());
export const scores = new SharedFloats(reading.Scores());
export const activations = new SharedFloats(reading.Activations());
const parameters = new SharedFloats(reading.Parameters());

/** A copy of a parameter of the network that reads; null where it has none of that name. */
export function parameter(name) {
  const length = reading.ReadParameter(name);
  return length ? parameters.read().slice(0, length) : null;
}

/** A copy of a parameter of a network that learns. */
export function learnedParameter(run, name) {
  const length = reading.ReadLearnedParameter(run, name);
  return parameters.read().slice(0, length);
}

/** The scores of a picture of 784 floats. */
export function predict(picture) {
  pixels.values.set(picture);
  pixels.write();
  reading.Predict();
  return scores.read();
}

/** Scores as probabilities. */
export function softmax(values) {
  const top = Math.max(...values);
  const powers = Array.from(values, value => Math.exp(value - top));
  const sum = powers.reduce((left, right) => left + right);
  return powers.map(power => power / sum);
}
