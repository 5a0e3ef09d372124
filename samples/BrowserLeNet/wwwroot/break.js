// Break it: shift, noise and a cover, and what they change.
import { activations, predict, reading, softmax } from './program.js';
import { valuesOf } from './layers.js';
import { Bars, percent } from './bars.js';
import { drawMap } from './colours.js';

const SIDE = 28;
const GRID = 14;
const DEFAULT_COVER = 8;

const element = id => document.getElementById(id);

export class BreakTab {
  #draw;
  #comparison = new Bars(element('comparison'), Array.from('0123456789'));
  #differences = null;
  #original = new Float32Array(SIDE * SIDE);
  #cover = { row: 10, column: 10 };
  #noise = gaussianNoise(SIDE * SIDE);
  #isShown = false;
  #waiting = 0;

  constructor(draw) {
    this.#draw = draw;
    for (const id of ['shift-x', 'shift-y', 'noise', 'cover'])
      element(id).addEventListener('input', () => { this.#update(); if (id === 'cover') this.#planSensitivity(); });
    element('mend').addEventListener('click', () => this.mend());
    element('weakest').addEventListener('click', () => this.#findWeakest());
    const changed = element('changed');
    changed.addEventListener('pointerdown', event => { changed.setPointerCapture(event.pointerId); this.#moveCover(event); });
    changed.addEventListener('pointermove', event => { if (event.buttons) this.#moveCover(event); });
    changed.addEventListener('keydown', event => this.#key(event));
  }

  show(isShown) {
    this.#isShown = isShown;
    if (!isShown)
      return;
    this.#original = this.#draw.picture.slice();
    this.#differences = new Bars(element('differences'), this.#draw.layers.map(layer => layer.name));
    this.#update();
    this.#planSensitivity();
  }

  repaint() {
    if (this.#isShown)
      this.show(true);
  }

  mend() {
    for (const id of ['shift-x', 'shift-y', 'noise', 'cover'])
      element(id).value = 0;
    this.#update();
    this.#planSensitivity();
  }

  #value(id) {
    return element(id).valueAsNumber;
  }

  #update() {
    element('shift-x-value').textContent = this.#value('shift-x');
    element('shift-y-value').textContent = this.#value('shift-y');
    element('noise-value').textContent = `${this.#value('noise')} %`;
    element('cover-value').textContent = this.#value('cover');
    const changed = this.#changed();
    const before = this.#read(this.#original), after = this.#read(changed);
    this.#showPicture(element('original'), this.#original);
    this.#showPicture(element('changed'), changed, this.#value('cover'));
    this.#compare(before.shares, after.shares);
    this.#draw.layers.forEach((layer, index) => {
      const moved = distance(valuesOf(layer, before.all), valuesOf(layer, after.all));
      this.#differences.set(index, Math.min(1, moved), `${Math.round(100 * moved)} %`);
    });
  }

  #compare(before, after) {
    const first = before.indexOf(Math.max(...before)), now = after.indexOf(Math.max(...after));
    after.forEach((share, digit) => this.#comparison.set(digit, share, `${percent(before[digit])} → ${percent(share)}`, digit === now, before[digit]));
    element('verdict').textContent = first === now
      ? `Still a ${now}, ${percent(after[now])} sure.`
      : `Was a ${first}, is a ${now} now.`;
    element('verdict').classList.toggle('broken', first !== now);
  }

  #read(picture) {
    const shares = softmax(predict(picture));
    reading.Trace();
    return { shares, all: activations.read().slice() };
  }

  #changed() {
    const picture = new Float32Array(SIDE * SIDE);
    const right = this.#value('shift-x'), down = this.#value('shift-y'), amount = this.#value('noise') / 100;
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        const y = row - down, x = column - right;
        const ink = y >= 0 && y < SIDE && x >= 0 && x < SIDE ? this.#original[y * SIDE + x] : 0;
        picture[row * SIDE + column] = Math.max(0, Math.min(1, ink + amount * this.#noise[row * SIDE + column]));
      }
    }
    return covered(picture, this.#cover, this.#value('cover'));
  }

  #showPicture(canvas, picture, cover = 0) {
    drawMap(canvas, picture, SIDE, SIDE, 1);
    if (!cover)
      return;
    const scale = canvas.width / SIDE;
    const context = canvas.getContext('2d');
    context.strokeStyle = getComputedStyle(canvas).getPropertyValue('--accent');
    context.lineWidth = 3;
    context.setLineDash([6, 4]);
    context.strokeRect(this.#cover.column * scale, this.#cover.row * scale, cover * scale, cover * scale);
  }

  #moveCover(event) {
    const box = event.target.getBoundingClientRect();
    this.#needCover();
    const cover = this.#value('cover');
    this.#placeCover((event.clientY - box.top) / box.height * SIDE - cover / 2, (event.clientX - box.left) / box.width * SIDE - cover / 2);
  }

  #key(event) {
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    if (!(event.key in moves))
      return;
    event.preventDefault();
    this.#needCover();
    const [down, right] = moves[event.key];
    this.#placeCover(this.#cover.row + down, this.#cover.column + right);
  }

  #needCover() {
    if (this.#value('cover') > 0)
      return;
    element('cover').value = DEFAULT_COVER;
    this.#planSensitivity();
  }

  #placeCover(row, column) {
    const limit = SIDE - this.#value('cover');
    this.#cover = { row: Math.round(Math.max(0, Math.min(limit, row))), column: Math.round(Math.max(0, Math.min(limit, column))) };
    this.#update();
  }

  #planSensitivity() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#showSensitivity(), 120);
  }

  /** How much of the answer's probability is lost where a cover's middle lies at each point of a grid. */
  #sensitivity() {
    const cover = this.#value('cover') || DEFAULT_COVER;
    const before = softmax(predict(this.#original));
    const answer = before.indexOf(Math.max(...before));
    const lost = new Float32Array(GRID * GRID);
    for (let index = 0; index < lost.length; index++) {
      const place = coverAt(index, cover);
      lost[index] = before[answer] - softmax(predict(covered(this.#original, place, cover)))[answer];
    }
    return { lost, cover };
  }

  #showSensitivity() {
    const { lost, cover } = this.#sensitivity();
    drawMap(element('sensitivity'), lost, GRID, GRID, 1);
    element('sensitivity-note').textContent = `${cover}\u00a0×\u00a0${cover}`;
  }

  #findWeakest() {
    const { lost, cover } = this.#sensitivity();
    element('cover').value = cover;
    const place = coverAt(lost.indexOf(Math.max(...lost)), cover);
    this.#placeCover(place.row, place.column);
    this.#planSensitivity();
  }
}

const coverAt = (index, cover) => ({
  row: Math.round((Math.floor(index / GRID) + 0.5) * SIDE / GRID - cover / 2),
  column: Math.round((index % GRID + 0.5) * SIDE / GRID - cover / 2),
});

function covered(picture, { row, column }, side) {
  const copy = picture.slice();
  for (let y = Math.max(0, row); y < Math.min(SIDE, row + side); y++)
    copy.fill(0, y * SIDE + Math.max(0, column), y * SIDE + Math.max(0, Math.min(SIDE, column + side)));
  return copy;
}

/** ‖a − b‖ / ‖a‖. */
function distance(before, after) {
  let moved = 0, size = 0;
  before.forEach((value, index) => {
    moved += (value - after[index]) ** 2;
    size += value ** 2;
  });
  return size > 0 ? Math.sqrt(moved / size) : moved > 0 ? 1 : 0;
}

/** The same noise each time, so that its slider changes its strength alone. */
function gaussianNoise(length) {
  let state = 12345;
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0, (state + 1) / 2 ** 32);
  return Float32Array.from({ length }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}
