// Curves over steps on a canvas, with axes.
const MARGIN = { left: 44, right: 16, top: 10, bottom: 24 };

export class Chart {
  #canvas;
  #curves;
  #range;
  #format;

  /** @param curves Each with a CSS colour property and a dash. @param range The least and the largest value; null is what the curves need. */
  constructor(canvas, curves, { range = null, format }) {
    this.#canvas = canvas;
    this.#curves = curves.map(curve => ({ ...curve, points: [] }));
    this.#range = range;
    this.#format = format;
  }

  clear() {
    for (const curve of this.#curves)
      curve.points = [];
  }

  add(curve, step, value) {
    this.#curves[curve].points.push([step, value]);
  }

  draw() {
    const ratio = devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (!width)
      return;
    this.#canvas.width = width * ratio;
    this.#canvas.height = height * ratio;
    const context = this.#canvas.getContext('2d');
    context.scale(ratio, ratio);
    const style = getComputedStyle(this.#canvas);
    const steps = Math.max(50, ...this.#curves.flatMap(curve => curve.points.length ? [curve.points.at(-1)[0]] : []));
    const [low, high] = this.#range ?? this.#needed();
    const x = step => MARGIN.left + (width - MARGIN.left - MARGIN.right) * step / steps;
    const y = value => MARGIN.top + (height - MARGIN.top - MARGIN.bottom) * (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low));
    this.#drawAxes(context, style, { x, y, steps, low, high, width, height });
    for (const curve of this.#curves) {
      context.strokeStyle = style.getPropertyValue(curve.colour);
      context.lineWidth = 2;
      context.setLineDash(curve.dash);
      context.lineJoin = 'round';
      context.beginPath();
      curve.points.filter(([, value]) => Number.isFinite(value)).forEach(([step, value], index) => index ? context.lineTo(x(step), y(value)) : context.moveTo(x(step), y(value)));
      context.stroke();
    }
    context.setLineDash([]);
  }

  #needed() {
    const values = this.#curves.flatMap(curve => curve.points.map(([, value]) => value)).filter(Number.isFinite);
    return [0, Math.min(5, Math.max(0.5, ...values))];
  }

  #drawAxes(context, style, { x, y, steps, low, high, width, height }) {
    context.font = `11px ${style.fontFamily}`;
    context.fillStyle = style.getPropertyValue('--faint-text');
    context.strokeStyle = style.getPropertyValue('--line');
    context.lineWidth = 1;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const value of ticks(low, high)) {
      context.beginPath();
      context.moveTo(MARGIN.left, Math.round(y(value)) + 0.5);
      context.lineTo(width - MARGIN.right, Math.round(y(value)) + 0.5);
      context.stroke();
      context.fillText(this.#format(value), MARGIN.left - 6, y(value));
    }
    context.textBaseline = 'alphabetic';
    context.textAlign = 'center';
    for (const step of ticks(0, steps))
      context.fillText(String(step), x(step), height - 6);
  }
}

/** At most six round numbers: multiples of 1, 2 or 5 times a power of ten. */
function ticks(low, high) {
  const power = 10 ** Math.floor(Math.log10((high - low) / 5));
  const spacing = [1, 2, 5, 10].map(factor => factor * power).find(candidate => (high - low) / candidate <= 5.001);
  return Array.from({ length: Math.floor((high - low) / spacing + 1.001) }, (_, index) => low + index * spacing);
}
