#!/usr/bin/env python3
"""What PyTorch needs for the network that Vigil runs: bytes of pictures in, best candidates out.

  compare.py check GOLDEN [--level d0]…       holds the network against the reference's figures in GOLDEN/rwightman_d0.json
  compare.py bench [--level d0]… [--batch 8]… [--height H --width W] [--rounds 30] [--device cuda]
                                              milliseconds and frames/s of eager float32, of float16 with channels last, and of
                                              that compiled, in turns; and the floor, from this device's measured rates
"""

import argparse
import json
import pathlib
import statistics
import sys
import time
import zlib

import numpy as np
import torch

from efficientdet import LEVELS, EfficientDet

CANDIDATES = 1000


def mixed(name, count):
    """splitmix64 over the name's CRC, as the figures' README has it: 64 bits each, and the same in [-1, 1)."""
    with np.errstate(over="ignore"):
        z = (np.uint64(zlib.crc32(name.encode())) << np.uint64(32)) + np.arange(count, dtype=np.uint64)
        z += np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return z, (z >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1


def by_formula(name, shape, norms):
    x = mixed(name, int(np.prod(shape)))[1]
    module, _, kind = name.rpartition(".")
    if len(shape) == 4:
        gain = 1.5 if name.startswith("classifier.header") else 0.5 if name.startswith("regressor.header") else 1.0
        x = x * np.sqrt(3 * gain / np.prod(shape[1:]))
    elif kind.endswith(("_w1", "_w2")):
        x = 1 + 0.5 * x
    elif kind == "running_mean":
        mu, s = norms[module]
        x = mu + 0.1 * s * x
    elif kind == "running_var":
        s = norms[module][1]
        x = s * s * (1 + 0.5 * np.abs(x))
    else:
        x = 0.1 * x if kind == "bias" else 1 + 0.1 * x
    return torch.from_numpy(x.astype(np.float32).reshape(shape))


def check(level, golden):
    file = golden / f"rwightman_{level}.json"
    if not file.is_file():
        sys.exit(f"compare.py: {file} is not there; the references' figures are of d0 to d3")
    figures = json.loads(file.read_text())
    network = EfficientDet(level).eval()
    norms = figures["bn_table"]
    state = {
        name: by_formula(name, tuple(tensor.shape), norms)
        for name, tensor in network.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }
    network.load_state_dict(state, strict=False)
    side = figures["image_size"]
    picture = (2 * mixed("input", 3 * side * side)[1]).astype(np.float32).reshape(1, 3, side, side)
    with torch.no_grad():
        x = torch.from_numpy(picture)
        taps, levels = network.features(x)
        found = {"backbone": taps, "fpn": levels}
        found["class_logits"], found["box"] = network.classifier(levels), network.regressor(levels)
    differences = []
    for part, tensors in found.items():
        assert len(tensors) == len(figures[part]), part
        for tensor, figure in zip(tensors, figures[part]):
            at = tensor.flatten()[torch.tensor(figure["idx"])].numpy()
            differences.append(np.abs(at - np.array(figure["val"])).max())
    # Not Python's max, which passes over what is no number
    worst = float(np.max(differences))
    print(f"{level}: {sum(p.numel() for p in network.parameters()):,} parameters, largest difference {worst:.1e}")
    return worst < 1e-3


class Clock:
    def __init__(self, device):
        self.wait = torch.cuda.synchronize if device == "cuda" else lambda: None

    def seconds(self, call):
        self.wait()
        begin = time.perf_counter()
        call()
        self.wait()
        return time.perf_counter() - begin

    def best(self, call, rounds):
        for _ in range(3):
            call()
        return min(self.seconds(call) for _ in range(rounds))


def subjects(level, device):
    """(name, whether float32 may become TF32, network)."""
    torch.manual_seed(1)
    eager = EfficientDet(level).eval().to(device)
    made = [("eager float32", False, eager)]
    if device == "cuda":
        made.append(("eager tf32", True, eager))
    half = torch.float16 if device == "cuda" else torch.bfloat16
    made.append((f"eager {str(half)[6:]} channels last", True, EfficientDet(level).eval().to(device, half, memory_format=torch.channels_last)))
    if hasattr(torch, "compile"):
        made.append((f"compiled {str(half)[6:]} channels last", True, torch.compile(made[-1][2], mode="max-autotune" if device == "cuda" else None)))
    return made


def arithmetic(level, pictures, device):
    """Of each convolution: multiplications and additions, and values read and written, weights included."""
    network, costs = EfficientDet(level).eval().to(device), []

    def count(conv, inputs, output):
        taps = conv.kernel_size[0] * conv.kernel_size[1] * conv.in_channels // conv.groups
        costs.append((2 * output.numel() * taps, inputs[0].numel() + output.numel() + conv.weight.numel()))

    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d):
            module.register_forward_hook(count)
    with torch.no_grad():
        network(pictures, CANDIDATES)
    return costs


def rates(device, clock, small):
    """Operations/s of the largest matrix product by precision, and bytes/s of a copy."""
    side, found = 512 if small else 8192, {}
    choices = [("float32", torch.float32, False), ("float16", torch.float16 if device == "cuda" else torch.bfloat16, True)]
    if device == "cuda":
        choices.insert(1, ("tf32", torch.float32, True))
    for name, precision, fast in choices:
        torch.backends.cuda.matmul.allow_tf32 = fast
        a = torch.randn(side, side, device=device).to(precision)
        found[name] = 2 * side**3 / clock.best(lambda: a @ a, 10)
    torch.backends.cuda.matmul.allow_tf32 = False
    source = torch.empty(2**24 if small else 2**30, dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    found["bytes"] = 2 * source.numel() / clock.best(lambda: target.copy_(source), 10)
    return found


def bench(level, batch, arguments, measured):
    device, clock = arguments.device, Clock(arguments.device)
    torch.backends.cudnn.benchmark = True
    height, width = arguments.height or LEVELS[level][5], arguments.width or LEVELS[level][5]
    if height % 128 or width % 128 or height < 1 or width < 1:
        sys.exit(f"compare.py: --height {height} --width {width}: both must be multiples of 128")
    waiting = torch.randint(0, 256, (batch, height, width, 3), dtype=torch.uint8)
    waiting = waiting.pin_memory() if device == "cuda" else waiting
    made = subjects(level, device)
    times = {name: [] for name, _, _ in made}

    def call(network):
        with torch.no_grad():
            return [found.cpu() for found in network(waiting.to(device, non_blocking=True), CANDIDATES)]

    for turn in range(-5, arguments.rounds):
        for name, tf32, network in made:
            torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = tf32
            seconds = clock.seconds(lambda: call(network))
            if turn >= 0:
                times[name].append(1000 * seconds)
    print(f"{level}, batch {batch}, {height} x {width}")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"  {name:32} {middle / batch:8.3f} ms a frame  {1000 * batch / middle:9.1f} frames/s")
    costs = arithmetic(level, waiting.to(device), device)
    for precision, size in (("float32", 4), ("tf32", 4), ("float16", 2)):
        if precision in measured:
            floor = sum(max(work / measured[precision], size * values / measured["bytes"]) for work, values in costs)
            print(f"  floor {precision:26} {1000 * floor / batch:8.3f} ms a frame  {batch / floor:9.1f} frames/s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    checks, benches = commands.add_parser("check"), commands.add_parser("bench")
    for command in (checks, benches):
        command.add_argument("--level", action="append", choices=sorted(LEVELS))
    checks.add_argument("golden", type=pathlib.Path)
    benches.add_argument("--batch", action="append", type=int)
    benches.add_argument("--height", type=int)
    benches.add_argument("--width", type=int)
    benches.add_argument("--rounds", type=int, default=30)
    benches.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    arguments = parser.parse_args()
    if arguments.command == "check":
        sys.exit(0 if all([check(level, arguments.golden) for level in arguments.level or ["d0"]]) else 1)
    if arguments.device == "cuda" and not torch.cuda.is_available():
        sys.exit("compare.py: PyTorch finds no GPU; --device cpu tries this without one")
    machine = torch.cuda.get_device_name() if arguments.device == "cuda" else "CPU"
    measured = rates(arguments.device, Clock(arguments.device), arguments.device == "cpu")
    told = ", ".join(f"{name} {rate / 1e12:.2f} T/s" for name, rate in measured.items())
    print(f"{machine}, PyTorch {torch.__version__}; measured: {told}")
    for level in arguments.level or ["d0"]:
        for batch in arguments.batch or [1, 8, 32]:
            bench(level, batch, arguments, measured)


if __name__ == "__main__":
    main()
