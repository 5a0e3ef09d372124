// Numbers as colours: orange above 0, blue below, the paper's colour at 0.
const STEPS = 255;

const LIGHT = { zero: [255, 255, 255], above: [[249, 160, 63], [168, 50, 6]], below: [[97, 160, 222], [22, 60, 140]] };
const DARK = { zero: [13, 16, 22], above: [[206, 96, 18], [255, 226, 150]], below: [[36, 92, 190], [165, 218, 255]] };

let table = null;

export const isDark = () => document.documentElement.dataset.theme === 'dark';

/** Takes the colours of the theme that the page has now. */
export function readTheme() {
  table = colourTable(isDark() ? DARK : LIGHT);
}

/** The largest magnitude, by which a layer's maps are scaled together. */
export function magnitude(values) {
  let largest = 0;
  for (const value of values) {
    const size = value < 0 ? -value : value;
    if (size > largest)
      largest = size;
  }
  return largest;
}

/** Fills a rectangle of a picture's pixels, four bytes each, with a map of numbers of -limit to limit. */
export function paintMap(target, stride, left, top, values, from, height, width, scale, limit) {
  const factor = limit > 0 ? STEPS / limit : 0;
  for (let row = 0; row < height; row++) {
    const start = (top + row * scale) * stride + left;
    for (let column = 0, at = start; column < width; column++) {
      // What is no number becomes 0.
      const step = Math.max(-STEPS, Math.min(STEPS, values[from + row * width + column] * factor)) | 0;
      const colour = table[STEPS + step];
      for (let copy = 0; copy < scale; copy++)
        target[at++] = colour;
    }
    for (let copy = 1; copy < scale; copy++)
      target.copyWithin(start + copy * stride, start, start + width * scale);
  }
}

/** Draws one map over a whole canvas. */
export function drawMap(canvas, values, height, width, limit) {
  const scale = Math.floor(canvas.width / width);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width * scale, height * scale);
  paintMap(new Uint32Array(image.data.buffer), width * scale, 0, 0, values, 0, height, width, scale, limit);
  context.putImageData(image, 0, 0);
}

function colourTable({ zero, above, below }) {
  const colours = new Uint32Array(2 * STEPS + 1);
  for (let step = -STEPS; step <= STEPS; step++) {
    const [middle, end] = step < 0 ? below : above;
    // A little above the straight line, so that small numbers can be told from 0.
    const part = (Math.abs(step) / STEPS) ** 0.75;
    const colour = part < 0.5 ? mixed(zero, middle, 2 * part) : mixed(middle, end, 2 * part - 1);
    colours[STEPS + step] = (255 << 24 | colour[2] << 16 | colour[1] << 8 | colour[0]) >>> 0;
  }
  return colours;
}

const mixed = (from, to, part) => from.map((value, index) => Math.round(value + (to[index] - value) * part));
