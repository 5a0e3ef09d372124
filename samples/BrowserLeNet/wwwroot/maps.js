// One layer's feature maps on one canvas: the maps side by side, one putImageData for all of them.
import { crosses } from './layers.js';
import { magnitude, paintMap } from './colours.js';

const GAP = 4;
// Pixels of the screen: below, a map is a blot.
const SMALLEST_MAP = 44;

export class MapView extends EventTarget {
  #layer;
  #canvas = document.createElement('canvas');
  #mark = document.createElement('div');
  #scaleText = document.createElement('span');
  #image = null;
  #pixels = null;
  #scale = 1;
  #columns = 1;
  #cursor = { channel: 0, row: 0, column: 0 };

  constructor(layer) {
    super();
    this.#layer = layer;
    this.element = document.createElement('div');
    this.element.className = 'layer';
    this.element.dataset.layer = layer.name;
    const heading = document.createElement('button');
    heading.className = 'layer-name';
    heading.innerHTML = `<b>${layer.name}</b><span>${crosses(layer.shape)}</span>`;
    heading.addEventListener('click', () => this.#emit('layer', {}));
    this.#scaleText.className = 'scale';
    heading.append(this.#scaleText);
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute('role', 'application');
    this.#canvas.setAttribute('aria-label', `Maps of ${layer.name}. Arrow keys choose a unit, page up and page down a map.`);
    this.#mark.className = 'mark';
    this.#mark.hidden = true;
    const frame = document.createElement('div');
    frame.className = 'frame';
    frame.append(this.#canvas, this.#mark);
    this.element.append(heading, frame);
    this.#canvas.addEventListener('pointermove', event => this.#point(event));
    this.#canvas.addEventListener('pointerdown', event => this.#point(event));
    this.#canvas.addEventListener('keydown', event => this.#key(event));
    this.#canvas.addEventListener('focus', () => { if (this.#canvas.matches(':focus-visible')) this.#emit('unit', this.#cursor); });
  }

  /** Chooses the size of a unit and how many maps stand in a line, so that the layer can be seen and fits. */
  fit(width, height) {
    const { channels, height: rows, width: columns, isFlat } = this.#layer;
    const gap = isFlat ? 1 : GAP;
    const largest = isFlat ? 28 : Math.max(1, Math.floor(height / rows));
    let lines = 1;
    let scale;
    for (; ; lines++) {
      if (channels % lines !== 0)
        continue;
      this.#columns = channels / lines;
      scale = Math.min(largest, Math.floor((width - gap * (this.#columns - 1)) / (this.#columns * columns)));
      const isLarge = isFlat ? scale >= (channels > 60 ? 5 : 16) : scale * rows >= SMALLEST_MAP;
      if (isLarge || this.#columns === 1)
        break;
    }
    this.#scale = Math.max(1, scale);
    this.gap = gap;
    this.#canvas.width = this.#columns * (columns * this.#scale + gap) - gap;
    this.#canvas.height = Math.ceil(channels / this.#columns) * (rows * this.#scale + gap) - gap;
    this.#image = new ImageData(this.#canvas.width, this.#canvas.height);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
  }

  /** Paints the layer's numbers. */
  paint(values) {
    const { channels, height, width } = this.#layer;
    const limit = magnitude(values);
    for (let channel = 0; channel < channels; channel++) {
      const [left, top] = this.#corner(channel);
      paintMap(this.#pixels, this.#canvas.width, left, top, values, channel * height * width, height, width, this.#scale, limit);
    }
    this.#canvas.getContext('2d').putImageData(this.#image, 0, 0);
    this.#scaleText.textContent = `±${limit.toPrecision(2)}`;
  }

  /** Marks rows and columns of a map, or of all; null takes the mark away. */
  mark(window) {
    this.#mark.hidden = !window;
    if (!window)
      return;
    const { height, width } = this.#layer;
    const [left, top] = this.#corner(window.channel ?? 0);
    const fromRow = Math.max(0, window.row), fromColumn = Math.max(0, window.column);
    const toRow = Math.min(height, window.row + window.rows), toColumn = Math.min(width, window.column + window.columns);
    Object.assign(this.#mark.style, {
      left: `${left + fromColumn * this.#scale - 2}px`, top: `${top + fromRow * this.#scale - 2}px`,
      width: `${(toColumn - fromColumn) * this.#scale + 4}px`, height: `${(toRow - fromRow) * this.#scale + 4}px`,
    });
  }

  select(isSelected) {
    this.element.classList.toggle('selected', isSelected);
  }

  #corner(channel) {
    const { height, width } = this.#layer;
    return [channel % this.#columns * (width * this.#scale + this.gap), Math.floor(channel / this.#columns) * (height * this.#scale + this.gap)];
  }

  #point(event) {
    const { channels, height, width } = this.#layer;
    const box = this.#canvas.getBoundingClientRect();
    const x = (event.clientX - box.left) * this.#canvas.width / box.width, y = (event.clientY - box.top) * this.#canvas.height / box.height;
    const across = width * this.#scale + this.gap, down = height * this.#scale + this.gap;
    const channel = Math.floor(y / down) * this.#columns + Math.floor(x / across);
    const row = Math.floor(y % down / this.#scale), column = Math.floor(x % across / this.#scale);
    if (channel < 0 || channel >= channels || row < 0 || row >= height || column < 0 || column >= width)
      return;
    this.#cursor = { channel, row, column };
    this.#emit('unit', this.#cursor);
  }

  #key(event) {
    const { channels, height, width, isFlat } = this.#layer;
    const next = { ...this.#cursor };
    switch (event.key) {
      case 'ArrowLeft': isFlat ? next.channel-- : next.column--; break;
      case 'ArrowRight': isFlat ? next.channel++ : next.column++; break;
      case 'ArrowUp': next.row--; break;
      case 'ArrowDown': next.row++; break;
      case 'PageUp': next.channel--; break;
      case 'PageDown': next.channel++; break;
      default: return;
    }
    event.preventDefault();
    this.#cursor = { channel: clamp(next.channel, channels), row: clamp(next.row, height), column: clamp(next.column, width) };
    this.#emit('unit', this.#cursor);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail: { layer: this.#layer, ...detail } }));
  }
}

const clamp = (value, length) => Math.max(0, Math.min(length - 1, value));
