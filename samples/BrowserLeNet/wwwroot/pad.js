// The drawing area: pointer, touch and keys; and the picture that the network gets, made as MNIST's are.
const SIDE = 28;
const BOX = 20;
const STEP = 14;

export class Pad extends EventTarget {
  #canvas;
  #context;
  #pen;
  #small = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  #last = null;
  #cursor = { x: 140, y: 60, isDown: false };
  #isExample = false;
  penWidth = 22;

  constructor(canvas, pen) {
    super();
    this.#canvas = canvas;
    this.#pen = pen;
    this.#context = canvas.getContext('2d', { willReadFrequently: true });
    canvas.addEventListener('pointerdown', event => this.#begin(event));
    canvas.addEventListener('pointermove', event => this.#move(event));
    for (const end of ['pointerup', 'pointercancel'])
      canvas.addEventListener(end, () => { this.#last = null; });
    canvas.addEventListener('keydown', event => this.#key(event));
    canvas.addEventListener('focus', () => this.#showPen());
    canvas.addEventListener('blur', () => { this.#cursor.isDown = false; pen.hidden = true; });
    this.clear();
  }

  clear() {
    this.#context.fillStyle = '#000';
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#isExample = false;
    this.#changed();
  }

  /** Shows a picture of 28 x 28 instead of what was drawn. */
  show(picture) {
    const image = this.#small.createImageData(SIDE, SIDE);
    picture.forEach((value, index) => image.data.set([255 * value, 255 * value, 255 * value, 255], 4 * index));
    this.#small.putImageData(image, 0, 0);
    this.#context.imageSmoothingQuality = 'high';
    this.#context.drawImage(this.#small.canvas, 0, 0, this.#canvas.width, this.#canvas.height);
    this.#isExample = true;
    this.#changed();
  }

  /** 784 numbers from 0, paper, to 1, ink: the ink's box fitted into 20 x 20, its centre of mass in the middle (LeCun, Cortes and Burges, "The MNIST database"). */
  picture() {
    const size = this.#canvas.width;
    const ink = this.#context.getImageData(0, 0, size, size).data;
    const threshold = this.#isExample ? 90 : 30;
    let left = size, right = -1, top = size, bottom = -1, mass = 0, massX = 0, massY = 0;
    for (let y = 0, at = 0; y < size; y++) {
      for (let x = 0; x < size; x++, at += 4) {
        const value = ink[at];
        if (value <= threshold)
          continue;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = y;
        mass += value;
        massX += value * x;
        massY += value * y;
      }
    }
    this.#small.fillStyle = '#000';
    this.#small.fillRect(0, 0, SIDE, SIDE);
    if (mass > 0) {
      const scale = BOX / Math.max(right - left + 1, bottom - top + 1, BOX);
      this.#small.imageSmoothingQuality = 'high';
      this.#small.drawImage(this.#canvas, SIDE / 2 - massX / mass * scale, SIDE / 2 - massY / mass * scale, size * scale, size * scale);
    }
    const data = this.#small.getImageData(0, 0, SIDE, SIDE).data;
    return Float32Array.from({ length: SIDE * SIDE }, (_, index) => data[4 * index] / 255);
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  #position(event) {
    const box = this.#canvas.getBoundingClientRect();
    const scale = this.#canvas.width / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  }

  #begin(event) {
    if (this.#isExample)
      this.clear();
    this.#canvas.setPointerCapture(event.pointerId);
    this.#pen.hidden = true;
    this.#last = this.#position(event);
    this.#stroke(this.#last, this.#last);
  }

  #move(event) {
    if (!this.#last)
      return;
    for (const part of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]) {
      const next = this.#position(part);
      this.#stroke(this.#last, next);
      this.#last = next;
    }
  }

  #stroke(from, to) {
    this.#context.strokeStyle = '#fff';
    this.#context.lineWidth = this.penWidth;
    this.#context.lineCap = 'round';
    this.#context.beginPath();
    this.#context.moveTo(from.x, from.y);
    this.#context.lineTo(to.x + 0.01, to.y);
    this.#context.stroke();
    this.#changed();
  }

  #key(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key in moves) {
      const [x, y] = moves[event.key];
      const step = event.shiftKey ? STEP / 2 : STEP;
      const limit = this.#canvas.width;
      const next = { x: Math.max(0, Math.min(limit, this.#cursor.x + step * x)), y: Math.max(0, Math.min(limit, this.#cursor.y + step * y)) };
      if (this.#cursor.isDown)
        this.#stroke(this.#cursor, next);
      Object.assign(this.#cursor, next);
    } else if (event.key === ' ') {
      if (this.#isExample)
        this.clear();
      this.#cursor.isDown = !this.#cursor.isDown;
      if (this.#cursor.isDown)
        this.#stroke(this.#cursor, this.#cursor);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.clear();
    } else if (/^[0-9]$/.test(event.key)) {
      this.dispatchEvent(new CustomEvent('example', { detail: Number(event.key) }));
    } else {
      return;
    }
    event.preventDefault();
    this.#showPen();
  }

  #showPen() {
    this.#pen.hidden = !this.#canvas.matches(':focus-visible');
    this.#pen.classList.toggle('down', this.#cursor.isDown);
    this.#pen.style.left = `${100 * this.#cursor.x / this.#canvas.width}%`;
    this.#pen.style.top = `${100 * this.#cursor.y / this.#canvas.height}%`;
  }
}
