// Draw: the pad, the probabilities, every layer's maps.
import { activations, pixels, reading, scores, softmax } from './program.js';
import { readLayers, valuesOf } from './layers.js';
import { Bars, percent } from './bars.js';
import { Inspector } from './inspector.js';
import { MapView } from './maps.js';
import { Pad } from './pad.js';

/** Milliseconds. */
const TELL_EVERY = 80;

const element = id => document.getElementById(id);

export class DrawTab extends EventTarget {
  #pad = new Pad(element('pad'), element('pen'));
  #bars = new Bars(element('probabilities'), Array.from('0123456789'));
  #inspector = new Inspector(element('inspector'));
  #views = [];
  #layers = [];
  #selected = { layer: null, unit: { channel: 0, row: 0, column: 0 } };
  #picture = new Float32Array(784);
  #isDirty = true;
  #isShown = true;
  #seed = 1;
  #isTold = true;
  #told = 0;
  /** Milliseconds of the last frame: prediction, maps, painting, all. */
  times = { predict: 0, maps: 0, paint: 0, frame: 0 };

  constructor() {
    super();
    this.#pad.addEventListener('change', () => { this.#isDirty = true; });
    this.#pad.addEventListener('example', event => this.example(event.detail));
    element('clear').addEventListener('click', () => this.#pad.clear());
    element('pen-width').addEventListener('input', event => { this.#pad.penWidth = event.target.valueAsNumber; });
    element('network').addEventListener('change', event => this.use(Number(event.target.value)));
    element('examples').replaceChildren(...Array.from('0123456789', digit => {
      const button = document.createElement('button');
      button.textContent = digit;
      button.setAttribute('aria-label', `Show a ${digit}`);
      button.addEventListener('click', () => this.example(Number(digit)));
      return button;
    }));
    addEventListener('resize', () => this.#fit());
    this.#takeNetwork();
    requestAnimationFrame(() => this.#frame());
  }

  get layers() {
    return this.#layers;
  }

  /** The picture that is read: 784 numbers. */
  get picture() {
    return this.#picture;
  }

  /** Shows a digit that the program draws. */
  example(digit) {
    reading.Example(digit, this.#seed++);
    this.#pad.show(pixels.read());
  }

  /** Lets another network read: -1 is the one that was trained before. */
  use(network) {
    reading.Use(network);
    element('network').value = network;
    this.#takeNetwork();
    this.dispatchEvent(new Event('network'));
  }

  show(isShown) {
    this.#isShown = isShown;
    if (isShown)
      this.#fit();
  }

  /** Paints everything anew, in the colours of the theme. */
  repaint() {
    this.#isDirty = true;
  }

  #takeNetwork() {
    const name = this.#selected.layer?.name ?? 'conv1';
    this.#layers = readLayers();
    this.#inspector.use(this.#layers);
    this.#views = this.#layers.map(layer => {
      const view = new MapView(layer);
      view.addEventListener('layer', event => this.#select(event.detail.layer, { channel: 0, row: layer.height >> 1, column: layer.width >> 1 }));
      view.addEventListener('unit', event => this.#select(event.detail.layer, event.detail));
      return view;
    });
    element('draw').append(element('inspector'));
    element('maps').replaceChildren(...this.#views.map(view => view.element));
    const layer = this.#layers.find(candidate => candidate.name === name) ?? this.#layers[1];
    this.#selected = { layer, unit: { channel: 0, row: layer.height >> 1, column: layer.width >> 1 } };
    this.#fit();
  }

  #select(layer, unit) {
    const isOther = layer !== this.#selected.layer;
    this.#selected = { layer, unit: { channel: unit.channel, row: unit.row, column: unit.column } };
    this.#placeInspector();
    this.#inspect();
    if (isOther)
      this.dispatchEvent(new CustomEvent('layer', { detail: layer }));
  }

  get #isNarrow() {
    return matchMedia('(max-width: 700px)').matches;
  }

  /** Beside the maps, and on a phone below the layer that is selected, where it is seen. */
  #placeInspector() {
    if (this.#isNarrow)
      this.#views[this.#selected.layer.index].element.after(element('inspector'));
    else if (element('inspector').parentElement !== element('draw'))
      element('draw').append(element('inspector'));
  }

  #fit() {
    if (!this.#isShown)
      return;
    const width = element('maps').clientWidth;
    // What stands beside the maps: the layer's name, and on a phone a border.
    const beside = this.#isNarrow ? 12 : 118;
    for (const view of this.#views)
      view.fit(Math.max(120, width - beside), this.#isNarrow ? 112 : 84);
    this.#placeInspector();
    this.#isDirty = true;
  }

  #frame() {
    requestAnimationFrame(() => this.#frame());
    if (!this.#isShown)
      return;
    if (!this.#isDirty) {
      this.#tell();
      return;
    }
    this.#isDirty = false;
    const start = performance.now();
    this.#picture = this.#pad.picture();
    pixels.values.set(this.#picture);
    pixels.write();
    const before = performance.now();
    reading.Predict();
    const predicted = performance.now();
    reading.Trace();
    const traced = performance.now();
    const all = activations.read();
    this.#views.forEach((view, index) => view.paint(valuesOf(this.#layers[index], all)));
    this.#showScores(scores.read());
    const end = performance.now();
    this.times = { predict: predicted - before, maps: traced - predicted, paint: end - traced, frame: end - start };
    this.#isTold = false;
    this.#tell();
  }

  /** Numbers are told less often than pictures: nobody reads them faster, and they cost a layout of the page. */
  #tell() {
    if (this.#isTold || performance.now() - this.#told < TELL_EVERY)
      return;
    this.#isTold = true;
    this.#told = performance.now();
    this.#inspect();
    element('times').textContent = `prediction ${ms(this.times.predict)} · all maps ${ms(this.times.maps)} · painting ${ms(this.times.paint)} · `
      + `${reading.Kernels() === 'Wasm' ? '128-bit vectors of WebAssembly' : 'one float at a time'}`;
  }

  #inspect() {
    const { layer, unit } = this.#selected;
    const { input, source, sourceWindow } = this.#inspector.show(layer, unit, activations.values);
    this.#views.forEach((view, index) => {
      view.select(index === layer.index);
      if (index === layer.index)
        view.mark({ ...unit, rows: 1, columns: 1 });
      else if (index === 0)
        view.mark(input);
      else
        view.mark(sourceWindow && index === source?.index && source.index > 0 ? sourceWindow : null);
    });
  }

  #showScores(values) {
    const shares = softmax(values);
    const top = Math.max(...shares);
    shares.forEach((share, digit) => this.#bars.set(digit, share, percent(share), share === top));
  }
}

const ms = time => `${time.toFixed(time < 10 ? 1 : 0)} ms`;
