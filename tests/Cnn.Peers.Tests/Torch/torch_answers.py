"""Computes networks in PyTorch, in double: python3 torch_answers.py FOLDER

FOLDER has networks.json, a list of networks layer by layer, and data.safetensors with their inputs, targets and parameters under the network's place in the list.
The answers go to answers.safetensors, under the names that the tests give to them.
"""
import json
import math
import struct
import sys
from pathlib import Path

import numpy
import torch
import torch.nn.functional as F


def read_tensors(path):
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        values = numpy.frombuffer(content[begin:end], dtype="<f4").reshape(entry["shape"])
        tensors[name] = torch.tensor(values.astype(numpy.float64))
    return tensors


def write_tensors(path, tensors):
    header, parts, offset = {}, [], 0
    for name, tensor in tensors.items():
        part = tensor.detach().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": [tensor.numel()], "data_offsets": [offset, offset + len(part)]}
        parts.append(part)
        offset += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def by_rank(family, rank):
    return {"conv": (F.conv1d, F.conv2d, F.conv3d),
            "conv_transpose": (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d),
            "max_pool": (F.max_pool1d, F.max_pool2d, F.max_pool3d),
            "avg_pool": (F.avg_pool1d, F.avg_pool2d, F.avg_pool3d),
            "adaptive_avg_pool": (F.adaptive_avg_pool1d, F.adaptive_avg_pool2d, F.adaptive_avg_pool3d),
            "adaptive_max_pool": (F.adaptive_max_pool1d, F.adaptive_max_pool2d, F.adaptive_max_pool3d)}[family][rank - 1]


def padded(x, begin, end, **options):
    """The last axis first, as F.pad wants it."""
    return F.pad(x, [amount for pair in reversed(list(zip(begin, end))) for amount in pair], **options)


def cropped(x, lengths):
    return x[(slice(None), slice(None), *(slice(0, length) for length in lengths))]


def conv(x, layer, parameters):
    x = padded(x, layer["begin"], layer["end"])
    return by_rank("conv", x.dim() - 2)(
        x, parameters["weight"], parameters.get("bias"), stride=layer["stride"], dilation=layer["dilation"], groups=layer["groups"])


def conv_transpose(x, layer, parameters):
    y = by_rank("conv_transpose", x.dim() - 2)(
        x, parameters["weight"], parameters.get("bias"), stride=layer["stride"], dilation=layer["dilation"], groups=layer["groups"], output_padding=layer["output_padding"])
    inside = tuple(slice(begin, length - end) for begin, end, length in zip(layer["begin"], layer["end"], y.shape[2:]))
    return y[(slice(None), slice(None), *inside)]


def room(x, layer, lengths):
    """What has to follow the input, so that windows from its first padded element on give these many outputs."""
    return [max(end, (length - 1) * stride + (kernel - 1) * dilation + 1 - begin - size)
            for end, length, stride, kernel, dilation, begin, size in
            zip(layer["end"], lengths, layer["stride"], layer["kernel"], layer["dilation"], layer["begin"], x.shape[2:])]


def max_pool(x, layer, lengths):
    pool = by_rank("max_pool", x.dim() - 2)
    if layer["begin"] == layer["end"]:
        return pool(x, layer["kernel"], layer["stride"], layer["begin"], layer["dilation"], layer["ceil"])
    x = padded(x, layer["begin"], room(x, layer, lengths), value=-math.inf)
    return cropped(pool(x, layer["kernel"], layer["stride"], 0, layer["dilation"]), lengths)


def avg_pool(x, layer, lengths):
    # The one in 3-D refuses a kernel that only fits into the padded map.
    fits = all(kernel <= size for kernel, size in zip(layer["kernel"], x.shape[2:]))
    if fits and layer["begin"] == layer["end"] and max(layer["dilation"]) == 1:
        return by_rank("avg_pool", x.dim() - 2)(x, layer["kernel"], layer["stride"], layer["begin"], layer["ceil"], layer["include"])
    ones = torch.ones_like(x)
    if layer["include"]:
        counted = padded(padded(ones, layer["begin"], layer["end"], value=1), [0] * (x.dim() - 2), [more - end for more, end in zip(room(x, layer, lengths), layer["end"])])
    else:
        counted = padded(ones, layer["begin"], room(x, layer, lengths))
    x = padded(x, layer["begin"], room(x, layer, lengths))
    kernel = torch.ones(x.shape[1], 1, *layer["kernel"], dtype=x.dtype)

    def total(values):
        return cropped(by_rank("conv", x.dim() - 2)(values, kernel, stride=layer["stride"], dilation=layer["dilation"], groups=x.shape[1]), lengths)

    return total(x) / total(counted)


def batch_norm(x, layer, parameters, training):
    return F.batch_norm(
        x, parameters["running_mean"], parameters["running_var"], parameters.get("weight"), parameters.get("bias"),
        training and not layer["frozen"], layer["momentum"], layer["epsilon"])


def by_channel(values, x):
    return torch.tensor(values, dtype=x.dtype).reshape(-1, *([1] * (x.dim() - 2)))


def scale(x, layer, weight, bias):
    def spread(numbers):
        return numbers.reshape(-1, *([1] * (x.dim() - 2))) if layer["over"] == "Channels" else numbers

    y = x if weight is None else x * spread(weight)
    return y if bias is None else y + spread(bias)


def pixel_shuffle(x, factor, depth_first):
    """PyTorch's own where it has one; else the same by its reshape and permute."""
    rank = x.dim() - 2
    if rank == 2 and not depth_first:
        return F.pixel_shuffle(x, factor)
    channels = x.shape[1] // factor ** rank
    block = [factor] * rank
    x = x.reshape(x.shape[0], *(block + [channels] if depth_first else [channels] + block), *x.shape[2:])
    channel, first = (rank + 1, 1) if depth_first else (1, 2)
    x = x.permute(0, channel, *(place for axis in range(rank) for place in (rank + 2 + axis, first + axis)))
    return x.reshape(x.shape[0], channels, *(x.shape[2 + 2 * axis] * factor for axis in range(rank)))


def pixel_unshuffle(x, factor, depth_first):
    rank = x.dim() - 2
    if rank == 2 and not depth_first:
        return F.pixel_unshuffle(x, factor)
    x = x.reshape(x.shape[0], x.shape[1], *(part for length in x.shape[2:] for part in (length // factor, factor)))
    places = [3 + 2 * axis for axis in range(rank)]
    lengths = [x.shape[place - 1] for place in places]
    x = x.permute(0, *(places + [1] if depth_first else [1] + places), *(place - 1 for place in places))
    return x.reshape(x.shape[0], -1, *lengths)


def activation(function, numbers):
    """The function of x that an expression of x and a gives, where a has the numbers, which come as text because one may be infinite."""
    return eval(f"lambda x: {function}", {"F": F, "torch": torch, "a": [float(number) for number in numbers]})


def upsample(x, layer):
    if layer["weights"] is None:
        options = {} if layer["mode"].startswith("nearest") else {"align_corners": layer["align"]}
        return F.interpolate(x, layer["size"], layer["scales"], layer["mode"], **options)
    for axis, weights in enumerate(layer["weights"], 2):
        x = torch.tensordot(x, torch.tensor(weights, dtype=x.dtype), ([axis], [1])).movedim(-1, axis)
    return x


def layer_norm(x, layer, parameters):
    if not layer["channels"]:
        return F.layer_norm(x, x.shape[1:], parameters.get("weight"), parameters.get("bias"), layer["epsilon"])
    y = F.layer_norm(x.movedim(1, -1), x.shape[1:2], parameters.get("weight"), parameters.get("bias"), layer["epsilon"])
    return y.movedim(-1, 1)


def reduced(x, layer, function):
    y = function(x, layer["axes"], layer["keep"])
    return y.reshape(-1, 1) if y.dim() == 1 else y


LAYERS = {
    "Conv": lambda x, l, p, t: conv(x[0], l, p),
    "ConvTranspose": lambda x, l, p, t: conv_transpose(x[0], l, p),
    "MaxPool": lambda x, l, p, t: max_pool(x[0], l, l["shape"][1:]),
    "AvgPool": lambda x, l, p, t: avg_pool(x[0], l, l["shape"][1:]),
    "GlobalAvgPool": lambda x, l, p, t: by_rank("adaptive_avg_pool", x[0].dim() - 2)(x[0], 1),
    "GlobalMaxPool": lambda x, l, p, t: by_rank("adaptive_max_pool", x[0].dim() - 2)(x[0], 1),
    "AdaptiveAvgPool": lambda x, l, p, t: by_rank("adaptive_avg_pool", x[0].dim() - 2)(x[0], l["shape"][1:]),
    "Linear": lambda x, l, p, t: F.linear(x[0], p["weight"], p.get("bias")),
    "Flatten": lambda x, l, p, t: torch.flatten(x[0], 1),
    "Identity": lambda x, l, p, t: x[0],
    "Dropout": lambda x, l, p, t: F.dropout(x[0], l["probability"], t),
    "StochasticDepth": lambda x, l, p, t: x[0] if l["probability"] == 0 else math.nan * x[0],
    "L2Normalize": lambda x, l, p, t: F.normalize(x[0], dim=l["axis"], eps=l["epsilon"]),
    "Upsample": lambda x, l, p, t: upsample(x[0], l),
    "Pad": lambda x, l, p, t: padded(x[0], l["begin"], l["end"], mode=l["mode"], **({"value": l["value"]} if l["mode"] == "constant" else {})),
    "Normalize": lambda x, l, p, t: (x[0] - by_channel(l["means"], x[0])) / by_channel(l["deviations"], x[0]),
    "BatchNorm": lambda x, l, p, t: batch_norm(x[0], l, p, t),
    "LayerNorm": lambda x, l, p, t: layer_norm(x[0], l, p),
    "InstanceNorm": lambda x, l, p, t: F.instance_norm(x[0], weight=p.get("weight"), bias=p.get("bias"), eps=l["epsilon"]),
    "GroupNorm": lambda x, l, p, t: F.group_norm(x[0], l["groups"], p.get("weight"), p.get("bias"), l["epsilon"]),
    "LocalResponseNorm": lambda x, l, p, t: F.local_response_norm(x[0], l["size"], l["alpha"], l["beta"], l["k"]),
    "Scale": lambda x, l, p, t: scale(x[0], l, p.get("weight"), p.get("bias")),
    "PReLU": lambda x, l, p, t: F.prelu(x[0], p["weight"]),
    "Softmax": lambda x, l, p, t: torch.softmax(x[0], l["axis"]),
    "LogSoftmax": lambda x, l, p, t: torch.log_softmax(x[0], l["axis"]),
    "PixelShuffle": lambda x, l, p, t: pixel_shuffle(x[0], l["factor"], l["depth_first"]),
    "PixelUnshuffle": lambda x, l, p, t: pixel_unshuffle(x[0], l["factor"], l["depth_first"]),
    "ChannelShuffle": lambda x, l, p, t: F.channel_shuffle(x[0], l["groups"]) if x[0].dim() > 2 else F.channel_shuffle(x[0][..., None], l["groups"])[..., 0],
    "Permute": lambda x, l, p, t: x[0].permute(0, *l["order"]),
    "Reshape": lambda x, l, p, t: x[0].reshape(x[0].shape[0], *l["shape"]),
    "Slice": lambda x, l, p, t: x[0].index_select(l["axis"], torch.tensor(range(x[0].shape[l["axis"]])[l["start"]:l["end"]:l["step"]])),
    "Add": lambda x, l, p, t: x[0] + x[1],
    "Subtract": lambda x, l, p, t: x[0] - x[1],
    "Multiply": lambda x, l, p, t: x[0] * x[1],
    "Divide": lambda x, l, p, t: x[0] / x[1],
    "Maximum": lambda x, l, p, t: torch.maximum(x[0], x[1]),
    "Minimum": lambda x, l, p, t: torch.minimum(x[0], x[1]),
    "ReduceMean": lambda x, l, p, t: reduced(x[0], l, torch.mean),
    "ReduceSum": lambda x, l, p, t: reduced(x[0], l, torch.sum),
    "ReduceMax": lambda x, l, p, t: reduced(x[0], l, torch.amax),
    "ReduceMin": lambda x, l, p, t: reduced(x[0], l, torch.amin),
    "ReduceL2": lambda x, l, p, t: reduced(x[0], l, lambda y, axes, keep: torch.linalg.vector_norm(y, 2, axes, keep)),
    "Concat": lambda x, l, p, t: torch.cat(x, l["axis"]),
}


def forward(network, parameters, inputs, training):
    values = {}
    for place in network["live"]:
        layer = network["layers"][place]
        if layer["kind"] == "Input":
            values[place] = inputs
            continue
        sources = [values[source] for source in layer["sources"]]
        own = parameters[place]
        if "function" in layer:
            values[place] = activation(layer["function"], layer["numbers"])(sources[0])
        else:
            values[place] = LAYERS[layer["kind"]](sources, layer, own, training)
        found = list(values[place].shape[1:])
        if found != layer["shape"]:
            raise ValueError(f"{layer['name']} gives {found}, and {layer['shape']} is declared")
    return values[network["live"][-1]]


def loss_of(kind, setting, outputs, targets):
    if kind == "CrossEntropy":
        return F.cross_entropy(outputs, targets.long().reshape(outputs.shape[0], *outputs.shape[2:]), label_smoothing=setting)
    targets = targets.reshape(outputs.shape)
    return {
        "MeanSquaredError": lambda: F.mse_loss(outputs, targets),
        "MeanAbsoluteError": lambda: F.l1_loss(outputs, targets),
        "Huber": lambda: F.huber_loss(outputs, targets, delta=setting),
        "BinaryCrossEntropy": lambda: F.binary_cross_entropy_with_logits(outputs, targets),
    }[kind]()


def answer(index, network, data, answers):
    images = network["images"]
    inputs = data[f"{index}/inputs"].reshape(images, *network["layers"][0]["shape"])
    targets = data[f"{index}/targets"].reshape(images, -1)
    parameters = []
    for layer in network["layers"]:
        own = {name: data[f"{index}/{layer['name']}.{name}"].clone() for name in layer["parameters"]}
        for name, values in own.items():
            values.requires_grad_(not layer["frozen"] and not name.startswith("running_"))
        parameters.append(own)
    with torch.no_grad():
        outputs = forward(network, parameters, inputs, False)
    for name in network["predictions"]:
        answers[f"{index}/{name}"] = outputs
    named = {f"{layer['name']}.{name}": values for layer, own in zip(network["layers"], parameters) for name, values in own.items()}
    for size in network["batches"]:
        for values in named.values():
            values.grad = torch.zeros_like(values) if values.requires_grad else None
        batch = inputs[:size].clone().requires_grad_()
        outputs = forward(network, parameters, batch, True)
        loss = loss_of(network["loss"], network["setting"], outputs, targets[:size])
        loss.backward()
        answers[f"{index}/training on {size}: outputs"] = outputs
        answers[f"{index}/training on {size}: loss"] = loss.reshape(1)
        answers[f"{index}/training on {size}: gradient of the input"] = torch.zeros_like(batch) if batch.grad is None else batch.grad
        for name, values in named.items():
            if values.requires_grad:
                answers[f"{index}/training on {size}: gradient of {name}"] = values.grad.clone()
    with torch.no_grad():
        for name, values in named.items():
            if values.requires_grad:
                values -= network["rate"] * values.grad
            answers[f"{index}/after {name}"] = values


def main():
    folder = Path(sys.argv[1])
    torch.set_num_threads(1)
    networks = json.loads((folder / "networks.json").read_text())
    data = read_tensors(folder / "data.safetensors")
    answers = {}
    for index, network in enumerate(networks):
        try:
            answer(index, network, data, answers)
        except Exception as error:
            raise RuntimeError(f"network {index}: {network['text']}") from error
    write_tensors(folder / "answers.safetensors", answers)
    print(f"libtorch {torch.__version__}: {len(networks)} networks")


main()
