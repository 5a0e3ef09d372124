// What is known of the layer and the unit that are selected: formula, costs, receptive field, and the kernel that made it.
import { parameter, summary } from './program.js';
import { crosses, grouped, makerOf, valuesOf } from './layers.js';
import { formulaOf, sizeOf, unitFormula, wordsOf, workOf } from './formulas.js';
import { drawMap, magnitude } from './colours.js';

export class Inspector {
  #element;
  #layers = [];
  #known = new Map();

  constructor(element) {
    this.#element = element;
  }

  /** Takes the layers of another network. */
  use(layers) {
    this.#known.clear();
    this.#layers = layers;
    for (const layer of layers)
      layer.hasBias = this.#parameter(`${layer.name}.bias`) !== null;
  }

  /** Shows a layer and one of its units, and returns the windows that the unit depends on: of the input, and of the maps that its kernel read. */
  show(layer, unit, activations) {
    const before = this.#layers[Math.max(0, layer.index - 1)];
    const maker = makerOf(this.#layers, layer);
    const windows = { input: this.#window(layer, 0, unit), source: null, sourceWindow: null };
    this.#element.innerHTML = `
      <h2>${layer.name} <span class="note">${layer.kind}</span></h2>
      <p class="formula">${formulaOf(layer)}</p>
      <p class="note">${wordsOf(layer)}</p>
      <dl>
        <dt>Output</dt><dd>${crosses(layer.shape)}</dd>
        <dt>Parameters</dt><dd>${grouped(layer.parameters)} <span class="note">${sizeOf(layer, before)}</span></dd>
        <dt>Multiply-adds</dt><dd>${grouped(layer.multiplyAdds)} <span class="note">${workOf(layer, before)}</span></dd>
        <dt>Receptive field</dt><dd>${layer.field.length ? `${crosses(layer.field)} pixels` : 'the whole picture'}</dd>
      </dl>
      <h2>${unitName(layer, unit)}</h2>
      <p class="formula">${this.#numbers(layer, before, unit, activations)}</p>
      <div class="pieces"></div>`;
    const pieces = this.#element.querySelector('.pieces');
    const isOnePatch = maker?.index === 1 && windows.input.rows === maker.arguments.kernel[0];
    if (!isOnePatch)
      this.#addReceptiveField(pieces, windows.input, activations);
    if (maker) {
      windows.source = this.#layers[maker.index - 1];
      windows.sourceWindow = maker.kind === 'Conv' ? this.#firstUnitWindow(layer, maker, unit) : null;
      if (maker.kind === 'Conv')
        this.#addKernels(pieces, maker, windows, unit, activations);
      else
        this.#addWeights(pieces, maker, unit);
    }
    return windows;
  }

  #parameter(name) {
    if (!this.#known.has(name))
      this.#known.set(name, parameter(name));
    return this.#known.get(name);
  }

  #window(layer, source, unit) {
    const [row, column, rows, columns] = summary.Window(layer.index, source, unit.row, unit.column);
    return { row, column, rows, columns };
  }

  /** The window that the maker's kernel lay on: for a pool's unit, where the largest of its inputs was made. */
  #firstUnitWindow(layer, maker, unit) {
    const made = this.#window(layer, maker.index, unit);
    return this.#window(maker, maker.index - 1, made);
  }

  #numbers(layer, before, unit, activations) {
    const value = valuesOf(layer, activations)[(unit.channel * layer.height + unit.row) * layer.width + unit.column];
    let inputs = [];
    if (layer.index > 0 && layer.kind !== 'Conv' && layer.kind !== 'Linear' && layer.kind !== 'Flatten') {
      const window = this.#window(layer, layer.index - 1, unit);
      inputs = patch(valuesOf(before, activations), before, unit.channel, window);
    }
    return unitFormula({ layer, before, unit, value, inputs, parameter: name => this.#parameter(name) });
  }

  #addReceptiveField(pieces, window, activations) {
    const input = this.#layers[0];
    const values = patch(valuesOf(input, activations), input, 0, window);
    pieces.append(piece(`sees ${window.rows} × ${window.columns} pixels`, values, window.rows, window.columns, 1, 84));
  }

  #addKernels(pieces, maker, windows, unit, activations) {
    const weights = this.#parameter(`${maker.name}.weight`);
    const [height, width] = maker.arguments.kernel;
    const area = height * width;
    const source = windows.source;
    const kernel = weights.subarray(unit.channel * source.channels * area, (unit.channel + 1) * source.channels * area);
    const limit = magnitude(kernel);
    const side = source.channels > 1 ? 40 : 84;
    const title = document.createElement('p');
    title.className = 'note wide';
    title.textContent = `made by kernel ${unit.channel} of ${maker.name}: the patch that it lies on, the kernel, their products`;
    pieces.append(title);
    const all = valuesOf(source, activations);
    const top = { ...windows.sourceWindow, rows: height, columns: width };
    const patches = Array.from({ length: source.channels }, (_, channel) => patch(all, source, channel, top));
    const products = patches.map((values, channel) => values.map((value, index) => value * kernel[channel * area + index]));
    const largest = { patch: Math.max(...patches.map(magnitude)), product: Math.max(...products.map(magnitude)) };
    for (let channel = 0; channel < source.channels; channel++) {
      const row = document.createElement('div');
      row.className = 'products';
      row.append(
        piece('', patches[channel], height, width, largest.patch, side), sign('×'),
        piece('', kernel.subarray(channel * area, (channel + 1) * area), height, width, limit, side), sign('='),
        piece('', products[channel], height, width, largest.product, side));
      pieces.append(row);
    }
  }

  /** A linear layer's weights of one output, as maps where its inputs were maps. */
  #addWeights(pieces, maker, unit) {
    const inputs = this.#layers[maker.index - 1];
    const weights = this.#parameter(`${maker.name}.weight`).subarray(unit.channel * inputs.channels, (unit.channel + 1) * inputs.channels);
    const maps = inputs.kind === 'Flatten' ? this.#layers[inputs.index - 1] : { channels: 1, height: Math.ceil(weights.length / 12), width: 12 };
    const area = maps.height * maps.width;
    const limit = magnitude(weights);
    const title = document.createElement('p');
    title.className = 'note wide';
    title.textContent = `the ${grouped(weights.length)} weights of output ${unit.channel} of ${maker.name}`;
    pieces.append(title);
    const grid = document.createElement('div');
    grid.className = 'weights';
    for (let channel = 0; channel < maps.channels; channel++)
      grid.append(piece('', weights.subarray(channel * area, (channel + 1) * area), maps.height, maps.width, limit, maps.channels > 1 ? 45 : 180));
    pieces.append(grid);
  }
}

/** A window of one map; zeros where it lies outside. */
export function patch(values, layer, channel, window) {
  const found = new Float32Array(window.rows * window.columns);
  for (let row = 0; row < window.rows; row++) {
    for (let column = 0; column < window.columns; column++) {
      const y = window.row + row, x = window.column + column;
      if (y >= 0 && y < layer.height && x >= 0 && x < layer.width)
        found[row * window.columns + column] = values[(channel * layer.height + y) * layer.width + x];
    }
  }
  return found;
}

const unitName = (layer, unit) => layer.isFlat
  ? `Unit ${unit.channel}`
  : `${layer.channels > 1 ? `Map ${unit.channel}, row` : 'Row'} ${unit.row}, column ${unit.column}`;

function piece(caption, values, rows, columns, limit, side) {
  const figure = document.createElement('figure');
  const canvas = document.createElement('canvas');
  const scale = Math.max(1, Math.floor(side / Math.max(rows, columns)));
  canvas.width = columns * scale;
  canvas.height = rows * scale;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', caption || 'numbers as colours');
  drawMap(canvas, values, rows, columns, limit);
  figure.append(canvas);
  if (caption) {
    const text = document.createElement('figcaption');
    text.textContent = caption;
    figure.append(text);
  }
  return figure;
}

function sign(text) {
  const element = document.createElement('span');
  element.textContent = text;
  return element;
}
