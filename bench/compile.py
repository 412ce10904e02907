# SPDX-License-Identifier: MIT
"""What gradus costs to compile: compile.py ROOT prints wall time and memory of its two doors, alone and with 1, 4, 16 and
64 compositions, by g++ and clang, beside the headers of other libraries, and clang's count of what is instantiated.
compile.py ROOT --check FILE [--update] compares the counts of gradus's own templates, which are the same for every clang,
with those in a file: they may not grow by more than 3 % unseen.
"""

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

DOORS = ["gradus/optimizer.hpp", "gradus/gradus.hpp"]
OTHERS = ["vector", "boost/hana.hpp", "xsimd/xsimd.hpp", "xtensor/xarray.hpp", "xtensor/containers/xarray.hpp", "Eigen/Core",
          "armadillo", "torch/torch.h"]
PATHS = ["-isystem", "/usr/include/eigen3", "-isystem", "/usr/include/torch/csrc/api/include"]
LIMITS = {("gradus/optimizer.hpp", 0): 0.6, ("gradus/optimizer.hpp", 1): 1.0}  # seconds by g++ -O2
TOLERANCE = 1.03

POLICIES = ["Clip{1}", "Momentum{0.9}", "Adaptive{0.999}", "WeightDecay{0.01}", "Warmup{100}", "Decay{0.999}"]


def compositions(count):
    """That many different ones, each a step over a vector of floats. The first is the seed's chain."""
    sets = [s for n in range(len(POLICIES), -1, -1) for s in itertools.combinations(POLICIES, n)]
    for k, policies in enumerate(sets[:count]):
        parts = ", ".join(f"gradus::{p}" for p in (*policies, "LearningRate{0.1}"))
        yield (f"void step_{k}(std::vector<float>& p, const std::vector<float>& g, gradus::State& s) {{\n"
               f"  static const gradus::Optimizer optimizer{{{parts}}};\n  optimizer.ascend(p, g, s);\n}}\n")


def program(header, count=0):
    return f"#include <{header}>\n#include <vector>\n" + "".join(compositions(count))


class Desk:
    """Where programs are written and compiled."""

    def __init__(self, root, place):
        self.root, self.program = root, os.path.join(place, "program")

    def compile(self, compiler, text, *options):
        """Seconds and megabytes that it takes, or None where it does not compile without gradus."""
        with open(self.program + ".cpp", "w") as file:
            file.write(text)
        command = [compiler, "-std=c++20", *options, "-I", os.path.join(self.root, "include"), *PATHS,
                   "-c", self.program + ".cpp", "-o", self.program + ".o"]
        begin = time.monotonic()
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0 and "gradus" in text:
            sys.exit(f"{' '.join(command)}\n{errors[:2000]}")
        return None if status != 0 else (time.monotonic() - begin, usage.ru_maxrss / 1024)

    def instantiated(self, text):
        """How many of gradus's own templates clang instantiates, and how many in all."""
        self.compile("clang++", text, "-O0", "-ftime-trace", "-ftime-trace-granularity=0")
        with open(self.program + ".json") as file:
            names = [event["args"].get("detail", "") for event in json.load(file)["traceEvents"]
                     if event["name"].startswith("Instantiate")]
        return sum(name.startswith("gradus::") for name in names), len(names)


def check(desk, path, update):
    counts = {f"compositions: {n}": desk.instantiated(program(DOORS[0], n))[0] for n in (0, 1, 4)}
    if update:
        with open(path, "w") as file:
            file.write(json.dumps(counts, indent=2) + "\n")
        return
    with open(path) as file:
        recorded = json.load(file)
    grown = [name for name in counts if counts[name] > TOLERANCE * recorded.get(name, 0)]
    for name, count in counts.items():
        print(f"{name}, templates of gradus: {count}, recorded: {recorded.get(name)}{' !' if name in grown else ''}")
    if grown:
        sys.exit(f"more than 3 % grown; where that has to be: bench/compile.py ROOT --check {path} --update")


def measure(desk, rounds):
    compilers = [c for c in ("g++", "clang++") if shutil.which(c)]
    print(f"At -O2, medians of {rounds} turns, one from 16 compositions on; ! is above the limit.\n")
    print("| | " + " | ".join(f"{c}, s | MB" for c in compilers) + " | templates of gradus | of all |")
    print("|---" * (3 + 2 * len(compilers)) + "|")
    rows = [(h, 0) for h in OTHERS] + [(d, n) for d in DOORS for n in (0, 1, 4, 16, 64)]
    # All that is measured comes first: a compiler's memory is at least that of who starts it, and counting takes much.
    cells = {row: [cell for c in compilers for cell in cells_of(desk, c, row, rounds)] for row in rows}
    for header, count in rows:
        if set(cells[header, count]) == {"-"}:
            continue
        counted = header in DOORS and "clang++" in compilers
        counts = desk.instantiated(program(header, count)) if counted else ("", "")
        name = header + (f", {count} composition{'s' if count > 1 else ''}" if count else "")
        print(f"| {name} | " + " | ".join(cells[header, count]) + f" | {counts[0]} | {counts[1]} |", flush=True)


def cells_of(desk, compiler, row, rounds):
    """Seconds and megabytes of a row's program, as they are printed."""
    turns = [desk.compile(compiler, program(*row), "-O2") for _ in range(rounds if row[1] < 16 else 1)]
    if None in turns:
        return ["-", "-"]
    seconds, megabytes = (statistics.median(x) for x in zip(*turns))
    late = compiler == "g++" and seconds > LIMITS.get(row, seconds)
    return [f"{seconds:.2f}{' !' if late else ''}", f"{megabytes:.0f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", metavar="FILE")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        desk = Desk(options.root, place)
        if options.check:
            check(desk, options.check, options.update)
        else:
            measure(desk, options.rounds)


if __name__ == "__main__":
    main()
