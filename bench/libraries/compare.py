# SPDX-License-Identifier: MIT
"""One table of all rivals: compare.py RESULTS.json LIBRARY OUT [--rounds N] [--max-n N].

RESULTS.json is what the program `libraries` wrote. LIBRARY is gradus as a library; PyTorch's and optax's steps take
turns with it in this process, on one core, as far as they are installed. Writes OUT.json, OUT.md and OUT.dat.
"""

import argparse
import ctypes
import json
import os
import random
import statistics
import time
import weakref

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # before any of them counts its threads

try:
    import numpy
except ImportError:
    numpy = None

RULES = ["momentum SGD", "Adam", "Adam, clipped norm"]
RATE, FACTOR, BETA, EPSILON, NORM = 1e-3, 0.9, 0.999, 1e-8, 1.0


def timed(step, finish=lambda: None):
    """Seconds that so many steps take; one goes ahead."""
    def watch(steps):
        step()
        finish()
        begin = time.process_time()
        for _ in range(steps):
            step()
        finish()
        return time.process_time() - begin
    return watch


def of_gradus(library, rule, p, g):
    library.gradus_make.restype = ctypes.c_void_p
    library.gradus_seconds.restype = ctypes.c_double
    pointer = lambda x: ctypes.c_void_p(x.ctypes.data)
    handle = ctypes.c_void_p(library.gradus_make(rule, pointer(p), pointer(g), ctypes.c_size_t(p.size)))
    watch = lambda steps: library.gradus_seconds(handle, ctypes.c_int64(steps))
    watch.arrays = p, g  # which it steps as long as it lives
    weakref.finalize(watch, library.gradus_free, handle)
    return watch


def of_torch(kind):
    def make(rule, p, g):
        import torch
        torch.set_num_threads(1)
        theta = torch.from_numpy(p).requires_grad_()
        theta.grad = torch.from_numpy(g.copy())
        options = {"lr": RATE, "maximize": True, kind: True}
        if rule == 0:
            return timed(torch.optim.SGD([theta], momentum=FACTOR, **options).step)
        adam = torch.optim.Adam([theta], betas=(FACTOR, BETA), eps=EPSILON, **options)
        if rule == 1:
            return timed(adam.step)

        def step():
            torch.nn.utils.clip_grad_norm_([theta], NORM, foreach=True)
            adam.step()
        return timed(step)
    return make


def of_optax(rule, p, g):
    import jax
    import optax
    tail = optax.sgd(RATE, FACTOR) if rule == 0 else optax.adam(RATE, FACTOR, BETA, EPSILON)
    optimizer = optax.chain(optax.clip_by_global_norm(NORM), tail) if rule == 2 else tail

    def update(theta, state, gradient):
        change, state = optimizer.update(gradient, state, theta)
        return optax.apply_updates(theta, change), state
    update = jax.jit(update, donate_argnums=(0, 1))
    now = [jax.numpy.array(p), None]
    now[1] = optimizer.init(now[0])
    downhill = jax.numpy.array(-g)

    def step():
        now[:] = update(*now, downhill)

    watch = timed(step, lambda: jax.block_until_ready(now))
    watch.settle = lambda: numpy.copyto(p, now[0])  # it keeps arrays of its own
    return watch


def rivals():
    """Those that are installed, with their versions."""
    found = {}
    if numpy is None:
        print("Python's libraries are left out: numpy is not installed")
        return found
    try:
        import torch
        found[f"PyTorch {torch.__version__.split('+')[0]}, fused"] = of_torch("fused")
        found[f"PyTorch {torch.__version__.split('+')[0]}, foreach"] = of_torch("foreach")
    except ImportError:
        print("PyTorch is left out: it is not installed")
    try:
        import jax
        import optax
        found[f"optax {optax.__version__}, jit"] = of_optax
    except ImportError:
        print("optax is left out: it is not installed")
    return found


def arrays(size):
    numbers = numpy.random.default_rng(1)
    return [numbers.uniform(0.5, 1.5, size).astype(numpy.float32) * numbers.choice([-1, 1], size).astype(numpy.float32)
            for _ in range(2)]


def check(library, found):
    """All go where gradus goes, but for rounding."""
    for rule, name in enumerate(RULES):
        expected, gradient = arrays(103)
        of_gradus(library, rule, expected, gradient)(5)
        for who, make in found.items():
            p, g = arrays(103)
            watch = make(rule, p, g)
            watch(5)
            getattr(watch, "settle", lambda: None)()
            apart = abs(p - expected).max()
            if not apart < 1e-5:
                raise SystemExit(f"{name} by {who} goes elsewhere, {apart} away")


def steps_in(seconds, watch):
    steps = 1
    while (taken := watch(steps)) < seconds / 8:
        steps *= 2
    return max(1, int(steps * seconds / taken))


def compete(watches, rounds, seconds=0.003):
    steps = {who: steps_in(seconds, watch) for who, watch in watches.items()}
    times = {who: [] for who in watches}
    order = list(watches)
    for _ in range(rounds):
        random.shuffle(order)
        for who in order:
            times[who].append(watches[who](steps[who]) / steps[who])
    return times


def measure(library, found, largest, rounds):
    rows = []
    for rule, name in enumerate(RULES):
        for size in [2, 10, 100, 1000, 16 << 10, 256 << 10, 4 << 20, 64 << 20]:
            if size > largest:
                break
            print(f"{name}, {size} elements, in Python", flush=True)
            watches = {"gradus": of_gradus(library, rule, *arrays(size))}
            watches |= {who: make(rule, *arrays(size)) for who, make in found.items()}
            times = compete(watches, rounds)
            for who in found:
                ratio = statistics.quantiles([a / b for a, b in zip(times[who], times["gradus"])], n=4)
                rows.append({"rule": name, "elements": size, "by": who,
                             "seconds": statistics.median(times[who]), "ratio": ratio})
    return rows


def duration(seconds):
    unit = next(u for u in (1e-9, 1e-6, 1e-3) if seconds < 1000 * u or u == 1e-3)
    return f"{seconds / unit:.3g} {({1e-9: 'ns', 1e-6: 'us', 1e-3: 'ms'})[unit]}"


def table(rows, rule):
    """Ratios to the time of gradus; bold where a rival takes less than 0.97 of it."""
    rows = [row for row in rows if row["rule"] == rule]
    sizes = sorted({row["elements"] for row in rows})
    names = list(dict.fromkeys(row["by"] for row in rows))
    at = {(row["by"], row["elements"]): row for row in rows}
    word = lambda n: f"{n >> 20}M" if n >= 1 << 20 else f"{n >> 10}k" if n >= 1 << 14 else f"{n:,}"

    def cell(name, size):
        row = at.get((name, size))
        if row is None:
            return "-"
        if name == "gradus":
            return duration(row["seconds"])
        ratio = f"{row['ratio'][1]:.2f}" if row["ratio"][1] < 100 else f"{row['ratio'][1]:.0f}"
        return f"**{ratio}**" if row["ratio"][1] < 0.97 and name != "streams" else ratio
    lines = [f"| {rule} | " + " | ".join(word(n) for n in sizes) + " |", "|---" * (len(sizes) + 1) + "|"]
    return lines + [f"| {name} | " + " | ".join(cell(name, n) for n in sizes) + " |" for name in names]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results")
    parser.add_argument("library")
    parser.add_argument("out")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--max-n", type=int, default=64 << 20)
    options = parser.parse_args()

    with open(options.results) as file:
        results = json.load(file)
    library, found = ctypes.CDLL(options.library), rivals()
    if found:
        check(library, found)
        results["rows"] += measure(library, found, options.max_n, options.rounds)
    rows = results["rows"]
    text = [results["circumstances"], "",
            f"The time of a step by gradus, and by others as multiples of it, in medians of {options.rounds} turns on one core;",
            "bold where others take less than 0.97 of it. `streams` are the same reads and writes without arithmetic."]
    for rule in RULES:
        text += [""] + table(rows, rule)
    print("\n".join(text))
    with open(options.out + ".md", "w") as file:
        file.write("\n".join(text) + "\n")
    with open(options.out + ".json", "w") as file:
        json.dump(results, file, indent=1)
    # As in the table: by the ratio, because the processes did not run at the same time.
    own = {row["elements"]: row["seconds"] for row in rows if row["by"] == "gradus" and row["rule"] == "Adam"}
    with open(options.out + ".dat", "w") as file:
        for name in [who for who in dict.fromkeys(row["by"] for row in rows) if who != "streams"] + ["streams"]:
            file.write(f'"{"the limit of memory" if name == "streams" else name}"\n')
            for row in rows:
                if row["by"] == name and row["rule"] == "Adam":
                    size = row["elements"]
                    file.write(f"{size} {1e9 * row['ratio'][1] * own[size] / size}\n")
            file.write("\n\n")


if __name__ == "__main__":
    main()
