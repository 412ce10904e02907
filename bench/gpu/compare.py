# SPDX-License-Identifier: MIT
"""Times steps of gradus beside PyTorch's on the same tensors and stream: compare.py LIBRARY [--json FILE]
[--markdown FILE] [--quick].

Rounds are interleaved, each of several steps between two CUDA events; medians are printed. The share is that of the
bandwidth of a device-to-device copy of the same number of bytes, measured among the rounds.
"""

import argparse
import ctypes
import datetime
import json
import statistics
import subprocess
import time

import torch

BYTES = {  # streams that a step must read and write: parameters and gradients, slots
    "sgd": (3, 2), "chain": (3, 4), "adam": (3, 4), "adamw": (3, 4), "adam_clip": (4, 4), "lion": (3, 2),
    "signed_clip_decay": (3, 2), "norm_nesterov_adaptive": (4, 4), "belief_box": (3, 4),
}


class Gradus:
    """A bound optimizer of the library, by the name of its composition."""

    def __init__(self, library, name, kind, theta, gradient):
        size = len(theta)
        pointers = lambda tensors: (ctypes.c_void_p * size)(*[t.data_ptr() for t in tensors])
        self.library, self.stream = library, ctypes.c_void_p(torch.cuda.current_stream().cuda_stream)
        self.handle = library.gradus_make(
            f"{name}:{kind}".encode(), pointers(theta), pointers(gradient),
            (ctypes.c_size_t * size)(*[t.numel() for t in theta]), ctypes.c_size_t(size), self.stream)
        if not self.handle:
            raise RuntimeError(library.gradus_error().decode())

    def step(self):
        if not self.library.gradus_step(ctypes.c_void_p(self.handle), self.stream):
            raise RuntimeError(self.library.gradus_error().decode())

    def close(self):
        self.library.gradus_free(ctypes.c_void_p(self.handle))


def load(path):
    library = ctypes.CDLL(path)
    library.gradus_make.restype = ctypes.c_void_p
    library.gradus_error.restype = ctypes.c_char_p
    return library


def parameters(theta, gradient):
    for p, g in zip(theta, gradient):
        p.grad = g
    return theta


def of_torch(make, clip=False):
    def rival(theta, gradient):
        optimizer = make(parameters(theta, gradient))

        def step():
            if clip:
                torch.nn.utils.clip_grad_norm_(theta, 1.0, foreach=True)
            optimizer.step()
        return step
    return rival


def foreach(rule, slots):
    """A rule written with PyTorch's foreach functions, as its optimizers are."""
    def rival(theta, gradient):
        state = [[torch.zeros_like(p) for p in theta] for _ in range(slots)]
        count = [0]

        def step():
            count[0] += 1
            with torch.no_grad():
                rule(theta, gradient, state, count[0])
        return step
    return rival


F = torch


def clipped(gradient, most):
    g = F._foreach_clamp_max(gradient, most)
    F._foreach_clamp_min_(g, -most)
    return g


def adaptive(u, g, second, rate):
    F._foreach_mul_(second, 0.999)
    F._foreach_addcmul_(second, g, g, 0.001)
    root = F._foreach_sqrt(second)
    F._foreach_add_(root, 1e-8)
    return F._foreach_div(u, root)


def nesterov(g, velocity):
    F._foreach_mul_(velocity, 0.9)
    F._foreach_add_(velocity, g)
    return F._foreach_add(g, velocity, alpha=0.9)


def chain(p, g, state, t):
    velocity, second = state
    g = clipped(g, 1.0)
    u = nesterov(g, velocity)
    F._foreach_add_(p, adaptive(u, u, second, 0), alpha=-1e-3 * min(1, t / 100) * 0.999 ** t)


def lion(p, g, state, t):
    velocity, = state
    u = F._foreach_mul(velocity, 0.9)
    F._foreach_add_(u, g, alpha=0.1)
    F._foreach_sign_(u)
    F._foreach_add_(p, u, alpha=-1e-4)
    F._foreach_mul_(velocity, 0.99)
    F._foreach_add_(velocity, g, alpha=0.01)


def signed(p, g, state, t):
    velocity, = state
    F._foreach_mul_(velocity, 0.95)
    F._foreach_add_(velocity, clipped(g, 0.5))
    u = F._foreach_sign(velocity)
    F._foreach_add_(u, p, alpha=0.01)
    F._foreach_add_(p, u, alpha=-1e-3 * min(1, t / 10))


def norm_nesterov(p, g, state, t):
    velocity, second = state
    torch.nn.utils.clip_grads_with_norm_(p, 1.0, torch.nn.utils.get_total_norm(g, foreach=True), foreach=True)
    u = nesterov(g, velocity)
    F._foreach_add_(p, clipped(adaptive(u, u, second, 0), 3.0), alpha=-1e-3)


def belief(p, g, state, t):
    mean, second = state
    F._foreach_lerp_(mean, g, 0.1)
    rest = F._foreach_sub(g, mean)
    F._foreach_mul_(second, 0.999)
    F._foreach_addcmul_(second, rest, rest, 0.001)
    root = F._foreach_div(second, 1 - 0.999 ** t)
    F._foreach_sqrt_(root)
    F._foreach_add_(root, 1e-8)
    F._foreach_addcdiv_(p, mean, root, value=-1e-3 / (1 - 0.9 ** t))
    F._foreach_clamp_max_(p, 1.0)
    F._foreach_clamp_min_(p, -1.0)


def rivals(name):
    optim = torch.optim
    kinds = {"sgd": (optim.SGD, {"lr": 1e-3, "momentum": 0.9}), "adam": (optim.Adam, {}), "adamw": (optim.AdamW, {}),
             "adam_clip": (optim.Adam, {})}
    if name in kinds:
        kind, values = kinds[name]
        return {how: of_torch(lambda p, h=how: kind(p, **values, **{h: True}), clip=name == "adam_clip")
                for how in ("fused", "foreach")}
    rule, slots = {"chain": (chain, 2), "lion": (lion, 1), "signed_clip_decay": (signed, 1),
                   "norm_nesterov_adaptive": (norm_nesterov, 2), "belief_box": (belief, 2)}[name]
    return {"foreach": foreach(rule, slots)}


def timed(step, steps):
    begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    begin.record()
    for _ in range(steps):
        step()
    end.record()
    end.synchronize()
    return begin.elapsed_time(end) / steps


def on_host(step, steps):
    torch.cuda.synchronize()
    begin = time.perf_counter()
    for _ in range(steps):
        step()
    spent = time.perf_counter() - begin
    torch.cuda.synchronize()
    return spent / steps * 1e3


def compare(library, name, sizes, kind, slots, rounds):
    generator = torch.Generator("cuda").manual_seed(1)
    fresh = lambda: [torch.randn(n, generator=generator, device="cuda").to(kind) for n in sizes]
    theta, gradient = fresh(), fresh()
    types = str(kind)[6:] + (":" + slots if slots else "")
    ours = Gradus(library, name, types, theta, gradient)
    contestants = {"gradus": ours.step}
    for how, rival in rivals(name).items():
        contestants[how] = rival(theta, gradient)
    outer, inner = BYTES[name]
    elements = sum(sizes)
    moved = elements * (outer * theta[0].element_size() + inner * (2 if slots else 4))
    source = torch.empty(moved // 2, dtype=torch.uint8, device="cuda")
    target = torch.empty_like(source)
    contestants["copy"] = lambda: target.copy_(source)
    times, host, steps = {}, {}, {}
    for who, step in contestants.items():
        timed(step, 3)
        steps[who] = max(2, min(200, int(8 / max(timed(step, 3), 1e-3))))
        times[who] = []
        host[who] = on_host(step, 10) if elements >= 1 << 24 or len(sizes) > 1 else None
    for _ in range(rounds):
        for who, step in contestants.items():
            times[who].append(timed(step, steps[who]))
    ours.close()
    middle = {who: statistics.median(t) for who, t in times.items()}
    return {"composition": name, "type": types, "elements": elements, "leaves": len(sizes),
            "bytes": moved, "ms": middle, "host_ms": host, "copy_tb_s": moved / middle["copy"] / 1e9,
            "share": middle["copy"] / middle["gradus"],
            **{f"to_{who}": middle[who] / middle["gradus"] for who in middle if who not in ("gradus", "copy")}}


def transformer(leaves):
    """The shapes of GPT-2 small's blocks, again and again, a quarter as wide."""
    width = 192
    block = [width, width, 3 * width * width, 3 * width, width * width, width, width, width, 4 * width * width,
             4 * width, 4 * width * width, width]
    return [block[i % len(block)] for i in range(leaves)]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("library")
    options.add_argument("--json")
    options.add_argument("--markdown")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--most", type=int, default=30, help="the largest size is 2 to this")
    options.add_argument("--only", default="")
    given = options.parse_args()
    library, results = load(given.library), []
    names = [n for n in BYTES if n in given.only.split(",")] if given.only else list(BYTES)
    exponents = [e for e in (20, 22, 24, 26, 28, 30) if e <= given.most and (not given.quick or e in (20, 26))]
    kinds = [(torch.float32, None), (torch.bfloat16, None), (torch.bfloat16, "bfloat16")]
    narrow = ("sgd", "adam", "adamw")
    plan = [(n, [1 << e], k, s) for k, s in kinds for e in exponents for n in names if not s or n in narrow]
    plan += [(n, transformer(10000), torch.float32, None) for n in ("adam", "adam_clip", "chain") if n in names]
    device = torch.cuda.get_device_name()
    driver = subprocess.run(["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"],
                            capture_output=True, text=True).stdout.strip()
    head = f"{device}, driver {driver}, PyTorch {torch.__version__}"
    lines = ["| composition | type | elements | leaves | ms | of copy | x fused | x foreach | host ms |",
             "|---|---|--:|--:|--:|--:|--:|--:|--:|"]
    print(head, *lines, sep="\n")
    for name, sizes, kind, slots in plan:
        try:
            r = compare(library, name, sizes, kind, slots, given.rounds)
        except RuntimeError as error:
            if "out of memory" not in str(error):
                raise
            r = None
        torch.cuda.empty_cache()
        slots_named = ", bfloat16 slots" if slots else ", float32 slots" if kind != torch.float32 else ""
        start = f"| {name} | {str(kind)[6:]}{slots_named} | {sum(sizes)} | {len(sizes)} |"
        if r is None:
            lines.append(f"{start} does not fit beside its rivals | | | | |")
        else:
            results.append(r)
            ratio = lambda who: f"{r[who]:.2f}" if who in r else "-"
            host = r["host_ms"]["gradus"]
            lines.append(f"{start} {r['ms']['gradus']:.4f} | {r['share']:.3f} | {ratio('to_fused')} | "
                         f"{ratio('to_foreach')} | {'-' if host is None else f'{host:.4f}'} |")
        print(lines[-1], flush=True)
    if given.json:
        with open(given.json, "w") as file:
            about = {"device": device, "driver": driver, "torch": torch.__version__}
            file.write(json.dumps(about)[:-1] + ', "results": [\n')
            file.write(",\n".join(map(json.dumps, results)) + "\n]}\n")
    if given.markdown:
        copy = max(r["copy_tb_s"] for r in results)
        with open(given.markdown, "w") as file:
            file.write(f"# Steps on {head}\n\n`./tools/gpu.sh`, {datetime.date.today()}. Medians of {given.rounds} "
                       f"interleaved rounds between CUDA events. Of copy: the time of a device-to-device copy of as many "
                       f"bytes as the step must read and write ({copy:.2f} TB/s at best) over the step's. x fused, x "
                       f"foreach: PyTorch's time over gradus's; its slots are of the parameters' type. Host: what a call costs the host.\n\n")
            file.write("\n".join(lines) + "\n")


main()
