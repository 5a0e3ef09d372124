// What each kind of layer computes: as a formula, with this layer's numbers, and for one unit.
import { grouped } from './layers.js';

const number = value => value.toFixed(Math.abs(value) >= 100 ? 1 : 3).replace('-', '−');

const signed = value => (value < 0 ? '− ' : '+ ') + number(Math.abs(value));

const FORMULAS = {
  Input: () => '<i>x</i><sub>i,j</sub> ∈ [0, 1]',
  Conv: layer => {
    const [padding] = layer.arguments.padding;
    const shift = padding ? ` − ${padding}` : '';
    return `<i>y</i><sub>o,i,j</sub> = ${layer.hasBias ? '<i>b</i><sub>o</sub> + ' : ''}Σ<sub>c,u,v</sub> <i>w</i><sub>o,c,u,v</sub> · <i>x</i><sub>c, i+u${shift}, j+v${shift}</sub>`;
  },
  BatchNorm: () => '<i>y</i><sub>c</sub> = γ<sub>c</sub> · (<i>x</i><sub>c</sub> − μ<sub>c</sub>) / √(σ²<sub>c</sub> + ε) + β<sub>c</sub>',
  ReLU: () => '<i>y</i> = max(0, <i>x</i>)',
  MaxPool: layer => {
    const [kernel] = layer.arguments.kernel;
    return `<i>y</i><sub>c,i,j</sub> = max<sub>0 ≤ u,v &lt; ${kernel}</sub> <i>x</i><sub>c, ${kernel}i+u, ${kernel}j+v</sub>`;
  },
  Flatten: () => '<i>y</i><sub>(c·H + i)·W + j</sub> = <i>x</i><sub>c,i,j</sub>',
  Linear: layer => `<i>y</i><sub>o</sub> = ${layer.hasBias ? '<i>b</i><sub>o</sub> + ' : ''}Σ<sub>k</sub> <i>w</i><sub>o,k</sub> · <i>x</i><sub>k</sub>`,
};

const WORDS = {
  Input: 'The picture: bright is ink.',
  Conv: 'Each kernel slides over all maps of the layer before and gives one map: bright where the picture looks like the kernel.',
  BatchNorm: 'Each map is moved and scaled, so that over the images it learned from it had the mean 0 and the variance 1; then scaled and moved as was learned. A prediction folds this into the layer before.',
  ReLU: 'What is negative becomes 0. All blue goes, and the network is no longer linear.',
  MaxPool: 'Of each window only the largest number goes on: half the size, and a digit that is moved a little looks the same.',
  Flatten: 'The maps become one long vector. Nothing is computed.',
  Linear: 'Each output weighs all inputs.',
};

export const formulaOf = layer => FORMULAS[layer.kind]?.(layer) ?? '';

export const wordsOf = layer => WORDS[layer.kind] ?? '';

/** Where the multiply-adds come from. */
export function workOf(layer, before) {
  if (layer.kind === 'Conv') {
    const [height, width] = layer.arguments.kernel;
    return `${layer.channels}·${layer.height}·${layer.width} outputs × ${before.channels}·${height}·${width}`;
  }
  return layer.kind === 'Linear' ? `${layer.channels} outputs × ${before.channels} inputs` : '';
}

/** Where the parameters come from. */
export function sizeOf(layer, before) {
  const bias = layer.hasBias ? ` + ${layer.channels}` : '';
  if (layer.kind === 'Conv')
    return `${layer.channels}·${before.channels}·${layer.arguments.kernel.join('·')}${bias}`;
  if (layer.kind === 'Linear')
    return `${layer.channels}·${before.channels}${bias}`;
  return layer.kind === 'BatchNorm' ? `γ and β of ${layer.channels}` : '';
}

/** How one unit's number comes about. */
export function unitFormula({ layer, before, unit, value, inputs, parameter }) {
  switch (layer.kind) {
    case 'ReLU':
      return `max(0, ${number(inputs[0])}) = <b>${number(value)}</b>`;
    case 'MaxPool':
      return `max(${Array.from(inputs, number).join(', ')}) = <b>${number(value)}</b>`;
    case 'BatchNorm': {
      const [scale, shift, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(name => parameter(`${layer.name}.${name}`)[unit.channel]);
      return `${number(scale)} · (${number(inputs[0])} ${signed(-mean)}) / √${number(variance)} ${signed(shift)} = <b>${number(value)}</b>`;
    }
    case 'Conv':
      return `${grouped(before.channels * layer.arguments.kernel[0] * layer.arguments.kernel[1])} products${layer.hasBias ? ' and a bias' : ''} = <b>${number(value)}</b>`;
    case 'Linear':
      return `${grouped(before.channels)} products${layer.hasBias ? ' and a bias' : ''} = <b>${number(value)}</b>`;
    default:
      return `<b>${number(value)}</b>`;
  }
}
