// Train: two networks from random weights, in the page.
import { learnedParameter, training } from './program.js';
import { Chart } from './chart.js';
import { magnitude, paintMap } from './colours.js';
import { percent } from './bars.js';

const PLAIN = 0, NORMALIZED = 1;
const RUNS = [PLAIN, NORMALIZED];
const TEST_EVERY = 25;
const SMOOTHING = 0.9;
const FRAME_MS = 14;
/** No guess is as bad: ten classes by chance cost ln 10 = 2.3. */
const DIVERGED = 100;
const SEED = 42;
const CURVES = [{ colour: '--without', dash: [6, 4] }, { colour: '--with', dash: [] }];

const element = id => document.getElementById(id);

export class TrainTab extends EventTarget {
  #loss = new Chart(element('loss-chart'), CURVES, { format: value => value.toFixed(1) });
  #accuracy = new Chart(element('accuracy-chart'), CURVES, { range: [0, 1], format: value => `${Math.round(100 * value)} %` });
  #isReady = false;
  #isRunning = false;
  #isShown = false;
  #smooth = [null, null];
  #tested = [0, 0];
  #stepTime = 0;
  steps = 0;
  /** Every step's loss, of both networks. */
  losses = [[], []];

  constructor() {
    super();
    element('run').addEventListener('click', () => this.run(!this.#isRunning));
    element('step').addEventListener('click', () => { this.run(false); this.step(); this.#show(); });
    element('reset').addEventListener('click', () => { this.run(false); this.reset(); });
    element('rate').addEventListener('input', () => { this.#showRate(); if (this.#isReady) training.SetLearningRate(this.#rate()); });
    element('batch').addEventListener('change', () => { this.run(false); this.reset(); });
    element('files').addEventListener('change', event => this.#take([...event.target.files]));
    const drop = element('drop');
    drop.addEventListener('dragover', event => { event.preventDefault(); drop.classList.add('over'); });
    drop.addEventListener('dragleave', () => drop.classList.remove('over'));
    drop.addEventListener('drop', event => { event.preventDefault(); drop.classList.remove('over'); this.#take([...event.dataTransfer.files]); });
    addEventListener('resize', () => this.#show());
    this.#showRate();
  }

  show(isShown) {
    this.#isShown = isShown;
    if (!isShown) {
      this.run(false);
      return;
    }
    this.prepare();
    this.#show();
  }

  /** Draws the digits, a part at a time, so that the page stays alive. */
  async prepare() {
    this.preparing ??= (async () => {
      for (let share = 0; share < 1;) {
        share = training.Render();
        element('data').textContent = `Drawing digits: ${Math.round(100 * share)} %`;
        await new Promise(resolve => setTimeout(resolve));
      }
      this.#takeData(`${training.ImageCount().toLocaleString('en')} digits, drawn in the page.`);
    })();
    return this.preparing;
  }

  repaint() {
    this.#show();
  }

  run(isRunning) {
    const starts = isRunning && !this.#isRunning && this.#isReady;
    this.#isRunning = isRunning && this.#isReady;
    element('run').textContent = this.#isRunning ? 'Pause' : 'Train';
    if (starts)
      requestAnimationFrame(() => this.#frame());
  }

  reset() {
    if (!this.#isReady)
      return;
    training.Start(SEED, this.#rate(), Number(element('batch').value));
    this.steps = 0;
    this.losses = [[], []];
    this.#smooth = [null, null];
    this.#tested = [0, 0];
    this.#loss.clear();
    this.#accuracy.clear();
    this.#test();
    this.#say('Both start from random weights and see the same images.');
    this.#show();
    this.dispatchEvent(new Event('start'));
  }

  /** One step of each network that is chosen. */
  step() {
    if (!this.#isReady)
      return;
    const start = performance.now();
    training.NextBatch();
    this.steps++;
    for (const run of this.#chosen()) {
      try {
        const loss = training.Step(run);
        this.losses[run].push(loss);
        this.#smooth[run] = this.#smooth[run] === null ? loss : SMOOTHING * this.#smooth[run] + (1 - SMOOTHING) * loss;
        this.#loss.add(run, this.steps, this.#smooth[run]);
        if (!(loss < DIVERGED))
          this.#diverged(run, loss);
      } catch (error) {
        this.run(false);
        this.#say(error.message);
      }
    }
    this.#stepTime = performance.now() - start;
    if (this.steps % TEST_EVERY === 0)
      this.#test();
  }

  #frame() {
    if (!this.#isRunning)
      return;
    const start = performance.now();
    do
      this.step();
    while (this.#isRunning && performance.now() - start + this.#stepTime < FRAME_MS);
    this.#show();
    requestAnimationFrame(() => this.#frame());
  }

  #test() {
    for (const run of this.#chosen()) {
      this.#tested[run] = training.Test(run);
      this.#accuracy.add(run, this.steps, this.#tested[run]);
    }
  }

  #chosen() {
    return RUNS.filter(run => element(`use-${run}`).checked);
  }

  #rate() {
    return 10 ** element('rate').valueAsNumber;
  }

  #showRate() {
    element('rate-value').textContent = this.#rate().toPrecision(2);
  }

  #diverged(run, loss) {
    element(`use-${run}`).checked = false;
    this.#say(`The network ${run === NORMALIZED ? 'with' : 'without'} BatchNorm has diverged: its loss is ${loss.toPrecision(3)}. Lower the learning rate, choose it again and reset.`);
  }

  async #take(files) {
    await this.prepare();
    try {
      for (const file of files) {
        const isComplete = training.AddFile(new Uint8Array(await file.arrayBuffer()), file.name);
        this.#say(isComplete ? `Learning from ${file.name} now.` : `${file.name} is read. The other file, images or labels, is needed too.`);
        if (isComplete)
          this.#takeData(`${training.ImageCount().toLocaleString('en')} images of your files.`);
      }
    } catch (error) {
      this.#say(error.message);
    }
  }

  #takeData(text) {
    element('data').textContent = text;
    this.#isReady = true;
    this.run(false);
    this.reset();
  }

  #say(text) {
    element('train-status').textContent = text;
  }

  #show() {
    if (!this.#isShown)
      return;
    this.#loss.draw();
    this.#accuracy.draw();
    if (!this.#isReady)
      return;
    const images = this.steps * Number(element('batch').value);
    element('readout').innerHTML = `<span><b>${this.steps}</b> steps, <b>${images.toLocaleString('en')}</b> images</span><span><b>${this.#stepTime.toFixed(0)} ms</b> a step</span>`
      + RUNS.toReversed().map(run => `<span><i class="swatch ${run === NORMALIZED ? 'with' : 'without'}"></i>loss <b>${this.#smooth[run]?.toFixed(3) ?? '–'}</b>, `
        + `accuracy <b>${this.#chosen().includes(run) || this.steps ? percent(this.#tested[run]) : '–'}</b></span>`).join('');
    element('loss-chart').setAttribute('aria-label', `Loss by step. After ${this.steps} steps ${this.#smooth[1]?.toFixed(3) ?? 'none'} with BatchNorm, ${this.#smooth[0]?.toFixed(3) ?? 'none'} without.`);
    element('accuracy-chart').setAttribute('aria-label', `Accuracy by step. After ${this.steps} steps ${percent(this.#tested[1])} with BatchNorm, ${percent(this.#tested[0])} without.`);
    for (const run of RUNS)
      paintKernels(element(`kernels-${run}`), run);
  }
}

/** conv1's kernels in a line, and conv2's below, a column for each output and a row for each input. */
function paintKernels(canvas, run) {
  const first = learnedParameter(run, 'conv1.weight'), second = learnedParameter(run, 'conv2.weight');
  const side = 5, area = side * side, inputs = 6, outputs = 16, large = 12, small = 5, gap = 6;
  const across = side * large + gap, cell = side * small + gap, middle = side * large + 2 * gap;
  canvas.width = outputs * cell - gap;
  canvas.height = middle + inputs * cell - gap;
  const image = new ImageData(canvas.width, canvas.height);
  const target = new Uint32Array(image.data.buffer);
  const limits = [magnitude(first), magnitude(second)];
  for (let input = 0; input < inputs; input++) {
    paintMap(target, canvas.width, input * across, 0, first, input * area, side, side, large, limits[0]);
    for (let output = 0; output < outputs; output++)
      paintMap(target, canvas.width, output * cell, middle + input * cell, second, (output * inputs + input) * area, side, side, small, limits[1]);
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
}
