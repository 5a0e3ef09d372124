// The layers of the network that reads, as its Summary tells them.
import { summary } from './program.js';

/** Name, kind, shape, arguments and costs of each layer, and where its activations start. */
export function readLayers() {
  const names = summary.Names();
  const layers = [];
  let offset = 0;
  for (let index = 0; index < names.length / 2; index++) {
    const shape = summary.Shape(index);
    const [parameters, multiplyAdds, ...field] = summary.Costs(index);
    const [channels, height, width] = shape.length === 3 ? shape : [shape[0], 1, 1];
    layers.push({
      index, name: names[2 * index], kind: names[2 * index + 1], shape, channels, height, width, offset, parameters, multiplyAdds, field,
      isFlat: shape.length !== 3, arguments: readArguments(summary.Arguments(index)),
    });
    offset += channels * height * width;
  }
  return layers;
}

/** A layer's activations among those of all. */
export const valuesOf = (layer, all) => all.subarray(layer.offset, layer.offset + layer.channels * layer.height * layer.width);

/** The convolution or linear layer that made a layer's channels: itself or the one before it; null for the input. */
export function makerOf(layers, layer) {
  for (let index = layer.index; index > 0; index--) {
    if (layers[index].kind === 'Conv' || layers[index].kind === 'Linear')
      return layers[index];
  }
  return null;
}

export const crosses = numbers => numbers.join(' × ');

export const grouped = number => number.toLocaleString('en');

function readArguments(text) {
  const found = {};
  for (const argument of text.split(' ').filter(part => part)) {
    const [name, value] = argument.split('=');
    found[name] = value.split(',').map(Number);
  }
  return found;
}
