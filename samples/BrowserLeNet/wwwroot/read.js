// Read: the declaration, and the methods that were generated for a layer.
import { crosses, grouped, makerOf } from './layers.js';
import { coloured } from './colouring.js';

const element = id => document.getElementById(id);

/** Where each network's declaration and generated methods are. */
const SOURCES = {
  LeNet: { declaration: 'LeNet.cs', prefix: 'EmbeddedLeNet.LeNet' },
  PlainLeNet: { declaration: 'PlainLeNet.cs', prefix: 'BrowserLeNet.PlainLeNet' },
};

/** Who calls a method, in the order in which they are shown. */
const CALLERS = { prediction: 'A prediction', trace: 'The maps of Draw', training: 'Training' };

export class ReadTab {
  #draw;
  #texts = null;
  #layer = null;
  #method = '';

  constructor(draw) {
    this.#draw = draw;
  }

  /** Fetches the texts, so that they are there without a network. */
  load() {
    this.loading ??= (async () => {
      const texts = {};
      for (const [network, { declaration, prefix }] of Object.entries(SOURCES)) {
        const files = [declaration, ...['Predictor', 'Layers', 'Kernels'].map(part => `${prefix}.${part}.g.cs`)];
        const [written, predictor, layers, kernels] = await Promise.all(files.map(fetchText));
        texts[network] = { written: written.slice(written.indexOf('[Network]')), methods: stepsOf(predictor, layers, kernels) };
      }
      this.#texts = texts;
    })();
    return this.loading;
  }

  async show(isShown, network, layer) {
    if (!isShown)
      return;
    await this.load();
    this.#showLayer(this.#texts[network], layer ?? this.#draw.layers[1]);
  }

  #showLayer(texts, layer) {
    const methods = methodsFor(texts.methods, layer);
    const hasMethod = methods.some(method => method.name === this.#method);
    if (this.#layer !== layer || !hasMethod)
      this.#method = mainOf(methods)?.name;
    this.#layer = layer;
    element('declaration').innerHTML = marked(texts.written, layer, this.#draw.layers);
    element('layer-buttons').replaceChildren(...this.#draw.layers.map(other => button(other.name, other === layer, () => this.#showLayer(texts, other))));
    element('read-facts').innerHTML = `<dl><dt>Output</dt><dd>${crosses(layer.shape)}</dd><dt>Parameters</dt><dd>${grouped(layer.parameters)}</dd>`
      + `<dt>Multiply-adds</dt><dd>${grouped(layer.multiplyAdds)}</dd></dl>`;
    element('read-layer').textContent = layer.name;
    element('read-note').textContent = noteOf(layer, methods, this.#draw.layers);
    const rows = Object.keys(CALLERS).map(caller => this.#buttons(texts, layer, caller, methods.filter(method => method.caller === caller)));
    element('method-buttons').replaceChildren(...rows.filter(row => row));
    element('method').innerHTML = coloured(methods.find(method => method.name === this.#method)?.text ?? '// Nothing.');
    element('method').scrollTop = 0;
  }

  #buttons(texts, layer, caller, methods) {
    if (!methods.length)
      return null;
    const row = document.createElement('div');
    row.className = 'layer-buttons';
    const name = document.createElement('span');
    name.textContent = CALLERS[caller];
    row.append(name, ...methods.map(method => button(method.name, method.name === this.#method, () => {
      this.#method = method.name;
      this.#showLayer(texts, layer);
    })));
    return row;
  }
}

async function fetchText(name) {
  const answer = await fetch(`source/${name}`);
  if (!answer.ok)
    throw new Error(`${name}: ${answer.status} ${answer.statusText}`);
  return answer.text();
}

/** The methods that a network calls, each with those that it calls itself behind it. */
function stepsOf(predictor, layers, kernels) {
  const [predicting, tracing] = predictor.split('private sealed class Tracer').map(text => new Set(Array.from(text.matchAll(/Layers\.(\w+)\(/g), call => call[1])));
  const steps = [];
  for (const method of [...methodsOf(layers), ...methodsOf(kernels)]) {
    if (method.isStep) {
      const caller = predicting.has(method.name) ? 'prediction' : tracing.has(method.name) ? 'trace' : 'training';
      steps.push({ name: method.name, caller, text: method.text });
      continue;
    }
    const owners = steps.filter(step => method.name.startsWith(step.name)).sort((left, right) => right.name.length - left.name.length);
    if (owners.length)
      owners[0].text += `\n\n${method.text}`;
  }
  return steps;
}

/** The methods of a generated file, each with the comment above it. */
function methodsOf(text) {
  const methods = [];
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const found = /^ {8}(internal|private) static \S+ (\w+)(?:<|\()/.exec(lines[index]);
    if (!found)
      continue;
    let start = index;
    while (/^ {8}(\/\/|\[)/.test(lines[start - 1]))
      start--;
    let end = index;
    while (lines[end] !== '        }')
      end++;
    const text = lines.slice(start, end + 1).map(line => line.slice(8)).join('\n');
    methods.push({ name: found[2], isStep: found[1] === 'internal' && !/<TSimd/.test(lines[index]), text });
  }
  return methods;
}

/** A layer's methods are called by its name. */
function methodsFor(methods, layer) {
  const name = layer.name[0].toUpperCase() + layer.name.slice(1);
  return methods.filter(method => method.name.startsWith(layer.index === 0 ? 'Input' : name) || (layer.index === 0 && method.name === 'LoadInput'));
}

/** Of the methods that a prediction calls, the one that has most to do. */
const mainOf = methods => methods.toSorted((left, right) => rank(right) - rank(left))[0];

const rank = method => method.text.length / ({ prediction: 1, trace: 100, training: 10_000 })[method.caller];

function noteOf(layer, methods, layers) {
  if (layer.kind === 'Flatten')
    return 'Nothing is computed: the layer behind it reads the maps as they lie in memory.';
  if (methods.some(method => method.caller === 'prediction'))
    return '';
  const maker = makerOf(layers, layer);
  return `In a prediction ${maker.name} does it: ${layer.kind === 'BatchNorm' ? 'its weights and bias have the norm in them' : 'its accumulators pass through it before they are stored'}.`;
}

/** The declaration with the layer's attribute marked: the n-th of its kind. */
function marked(text, layer, layers) {
  const occurrence = layers.slice(0, layer.index).filter(other => other.kind === layer.kind).length;
  const found = [...text.matchAll(new RegExp(`\\b${layer.kind}\\b(\\([^()]*\\))?`, 'g'))][occurrence];
  if (!found)
    return coloured(text);
  const end = found.index + found[0].length;
  return `${coloured(text.slice(0, found.index))}<mark>${coloured(found[0])}</mark>${coloured(text.slice(end))}`;
}

function button(text, isPressed, action) {
  const element = document.createElement('button');
  element.textContent = text;
  element.setAttribute('aria-pressed', isPressed);
  element.addEventListener('click', action);
  return element;
}
