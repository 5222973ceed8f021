# SPDX-License-Identifier: Apache-2.0
"""The time from an edit, or from a removal, until the kernel has the entry."""

import os
import statistics
import time

import host
import plot
from report import Table, ratio, worst
from ways import Binfmtd, SystemdBinfmt, UpdateBinfmts

ROUND = 10


def measure(pairs):
    """The tables of edits and of removals, and the figure of both."""
    edits = Table("From close(2) of an edited file to the changed entry in the kernel, ms",
                  "program", "entries", "median", "99 of 100", "of", "binfmtd ÷ it")
    removals = Table("From the removal of an entry by another program until its pattern is served again, ms",
                     "entries", "median", "99 of 100", "of")
    # The daemon has one processor, and the program that watches for its reaction has the other.
    os.sched_setaffinity(0, {1 % os.cpu_count()})
    prefix = ["taskset", "-c", "0"]
    series = []
    strings = host.made_up_strings(33)
    ways = [Binfmtd(strings, prefix), SystemdBinfmt(strings), UpdateBinfmts(strings)]
    times = edited(ways, pairs * 5)
    for way in ways:
        add(edits, way.name, 34, times[way.name], ratio(times["binfmtd"], times[way.name]))
        series.append((f"edit, {way.name}, 34 entries", times[way.name]))
        way.remove()
    many = Binfmtd(host.made_up_strings(9999), prefix)
    times = edited([many], pairs)["binfmtd"]
    add(edits, "binfmtd", 10000, times, "")
    series.append(("edit, binfmtd, 10,000 entries", times))
    many.remove()
    for count in (34, 10000):
        times = removed(count, pairs * 2 if count == 34 else pairs, prefix)
        add(removals, None, count, times)
        series.append((f"removal, {count:,} entries", times))
    os.sched_setaffinity(0, range(os.cpu_count()))
    return edits, removals, plot.dots("From a deed to its answer", "ms", [(n, [t * 1e3 for t in v]) for n, v in series])


def add(table, name, count, times, *more):
    cells = [f"{count:,}", f"{statistics.median(times) * 1e3:.2f}", worst(times), len(times), *more]
    table.add(*([name] if name else []), *cells)


def edited(ways, count):
    """Makes the given number of edits for each program, alternately, ten at a time."""
    times = {way.name: [] for way in ways}
    for first in range(0, count, ROUND):
        for way in ways:
            way.start()
            for number in range(first, min(first + ROUND, count)):
                times[way.name].append(way.declare(f"EDIT{number:06}", "/bin/true"))
                way.rest()
            way.stop()
    return times


def removed(count, times, prefix):
    root = host.Root(host.made_up_strings(count))
    daemon = host.Daemon(root, prefix)
    daemon.settle(1)
    latencies = []
    for _ in range(times):
        host.until(time.perf_counter(), lambda: host.entry("e00000"))
        start = time.perf_counter()
        host.write("e00000", "-1")
        latencies.append(host.until(start, lambda: host.entry("~binfmtd~e00000") or host.entry("e00000")))
        daemon.settle(0.3)
    daemon.stop()
    host.flush()
    root.remove()
    return latencies
