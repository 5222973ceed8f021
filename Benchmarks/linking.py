# SPDX-License-Identifier: Apache-2.0
"""Compares the static programs, which are published, with dynamic ones of the same sources."""

import os
import statistics

import host
from report import Table, ratio, spread

BUILDS = {"static": "", "dynamic": "dynamic"}


def measure(pairs):
    table = Table("Static and dynamic programs, with QEMU's entries", "", *BUILDS, "static ÷ dynamic")
    for name in ("binfmtd", "binfmtctl"):
        sizes = [os.path.getsize(host.program(name, build)) for build in BUILDS.values()]
        table.add(f"{name}, stripped, MB", *(f"{size / 1e6:.1f}" for size in sizes), f"{sizes[0] / sizes[1]:.2f}")
    first, in_sync, memory = in_turn(pairs)
    for name, times in (("from exec to READY, first, ms", first), ("in sync, ms", in_sync)):
        table.add(name, *map(spread, times), ratio(*times))
    middle = [statistics.median(figures) for figures in memory]
    table.add("private dirty memory of the idle daemon, kB", *map(int, middle), ratio(*memory))
    return table


def in_turn(pairs):
    """For each build: the times of first starts, those of starts in sync, and the memory after the latter."""
    root = host.Root()
    times = {start: [[] for _ in BUILDS] for start in ("first", "in sync")}
    memory = [[] for _ in BUILDS]
    for _ in range(pairs):
        for number, build in enumerate(BUILDS.values()):
            for start, daemon in host.two_starts(root, host.program("binfmtd", build)):
                times[start][number].append(daemon.ready)
            memory[number].append(idle_memory(root, host.program("binfmtd", build)))
    host.flush()
    root.remove()
    return times["first"], times["in sync"], memory


def idle_memory(root, build):
    daemon = host.Daemon(root, build=build)
    daemon.settle(1)
    memory = host.memory(daemon.process.pid)[0]
    daemon.stop()
    return memory
