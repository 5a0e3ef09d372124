"""Times training steps of libtorch, as a check beside the benchmarks: python3 benchmarks/libtorch/training_steps.py [threads]"""
import statistics
import sys
import time

import torch
import torch.nn as nn

BATCH = 64


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 20, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(20, 50, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(2450, 500), nn.ReLU(), nn.Linear(500, 10))


def vgg_style():
    layers, channels = [], 3
    for width in (64, 128, 256):
        for _ in range(2):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU()]
            channels = width
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(256 * 16, 256), nn.ReLU(), nn.Linear(256, 10))


def median_step(network, shape, rounds):
    inputs = torch.randn(BATCH, *shape)
    labels = torch.randint(0, 10, (BATCH,))
    loss = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
    times = []
    for _ in range(rounds + 3):
        start = time.perf_counter()
        optimizer.zero_grad()
        loss(network(inputs), labels).backward()
        optimizer.step()
        times.append(time.perf_counter() - start)
    return statistics.median(times[3:])


torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
print(f"libtorch {torch.__version__}, {torch.get_num_threads()} thread(s), batch {BATCH}")
print(f"LeNet      {1e3 * median_step(lenet(), (1, 28, 28), 31):7.1f} ms")
print(f"VGG-style  {1e3 * median_step(vgg_style(), (3, 32, 32), 11):7.1f} ms")
