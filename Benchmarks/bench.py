# SPDX-License-Identifier: Apache-2.0
"""Measures binfmtd beside what people use today, in a private registry, and prints RESULTS.md.

Every figure is a ratio of two things that were run in turn: machines differ, and are never quite idle.
"""

import os
import platform
import shutil
import statistics
import subprocess
import sys
import time

import host
import plot


class Table:
    def __init__(self, title, *columns):
        self.title, self.columns, self.rows = title, columns, []

    def add(self, *cells):
        self.rows.append(cells)
        print(f"{self.title}: {' | '.join(map(str, cells))}", file=sys.stderr)

    def __str__(self):
        lines = ["| " + " | ".join(map(str, row)) + " |" for row in [self.columns, *self.rows]]
        return "\n".join([f"## {self.title}\n", lines[0], "| " + " | ".join(["---"] * len(self.columns)) + " |", *lines[1:]])


def spread(times, unit=1e3):
    """The median, and between which times the middle half of them is."""
    ordered = sorted(times)
    quarter = len(ordered) // 4
    return f"{statistics.median(ordered) * unit:.2f} [{ordered[quarter] * unit:.2f}–{ordered[-1 - quarter] * unit:.2f}]"


def ratio(ours, theirs):
    """The median of the pairs' ratios, and between which ones the middle half of them is."""
    return spread([a / b for a, b in zip(ours, theirs)], unit=1)


def start_beside_systemd_binfmt(table, name, root, strings, pairs):
    """Starts both in turn: on an empty table, and on one that is as it should be."""
    writer = host.compiled("write-strings")
    first, again, systemd, limit = [], [], [], []
    for _ in range(pairs):
        host.flush()
        root.forget()
        for times in (first, again):
            daemon = host.Daemon(root)
            times.append(daemon.ready)
            daemon.stop()
        host.flush()
        systemd.append(host.run_time([host.SYSTEMD_BINFMT, strings]))
        host.flush()
        limit.append(host.run_time([writer, strings]))
    table.add(name, "first pass", spread(first), spread(systemd), ratio(first, systemd), ratio(first, limit))
    table.add(name, "in sync", spread(again), spread(systemd), ratio(again, systemd), ratio(again, limit))
    return first, again, systemd, limit


def starts(pairs):
    table = Table(
        "From exec to the first pass done", "entries", "", "binfmtd, ms", "systemd-binfmt, ms", "÷ systemd-binfmt",
        "÷ the mere writes")
    root = host.Root()
    daemon = host.Daemon(root)
    daemon.stop()
    lines = host.register_strings()
    strings = root.write("strings.conf", "".join(lines))
    start_beside_systemd_binfmt(table, f"{len(lines)} of QEMU's, with F", root, strings, pairs)
    host.flush()
    root.remove()

    curve = {"binfmtd, first": [], "binfmtd, in sync": [], "systemd-binfmt": [], "the mere writes": []}
    for count, overlapping in ((100, False), (1000, False), (10000, False), (1000, True), (10000, True)):
        made_up = host.made_up_strings(count, overlapping)
        root = host.Root(made_up)
        times = start_beside_systemd_binfmt(
            table, f"{count:,}" + (", overlapping in pairs" if overlapping else ""), root, root.strings,
            max(3, pairs if count < 10000 else pairs // 4))
        if not overlapping:
            for name, values in zip(curve, times):
                curve[name].append((count, statistics.median(values) / count * 1e6))
        host.flush()
        root.remove()
    figure = plot.lines("Time for an entry, µs", "entries", curve)
    return table, figure


def latencies(pairs):
    table = Table("From a deed to its answer, ms", "deed", "entries", "median", "99 of 100", "of")
    everything = []
    for count in (34, 10000):
        root = host.Root(host.made_up_strings(count))
        os.sched_setaffinity(0, {1 % os.cpu_count()})
        daemon = host.Daemon(root, cpu=0)
        daemon.settle(1)
        edits, removals = [], []
        for number in range(pairs):
            magic = f"EDIT{number:06}"
            path = os.path.join(root.path, "etc/binfmtd/entries.d/x.toml")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            file = open(path, "w")
            file.write(f'[entry.x]\nmagic = "{magic}"\ninterpreter = "/bin/true"\n')
            start = time.perf_counter()
            file.close()
            edits.append(until(start, lambda: magic.encode().hex() in text("x")))
            daemon.settle(0.3)
        for number in range(pairs):
            until(time.perf_counter(), lambda: text("x"))
            start = time.perf_counter()
            host.write("x", "-1")
            removals.append(until(start, lambda: text("~binfmtd~x") or text("x")))
            daemon.settle(0.3)
        os.sched_setaffinity(0, range(os.cpu_count()))
        for name, times in (("an edited file is closed", edits), ("another program removes an entry", removals)):
            worst = sorted(times)[int(len(times) * 0.99)]
            table.add(name, f"{count:,}", f"{statistics.median(times) * 1e3:.2f}", f"{worst * 1e3:.2f}", len(times))
            everything.append((f"{name}, {count:,} entries", times))
        daemon.stop()
        host.flush()
        root.remove()
    return table, plot.dots("From a deed to its answer", "ms", [(name, [t * 1e3 for t in times]) for name, times in everything])


def text(name):
    try:
        return open(os.path.join(host.REGISTRY, name)).read()
    except OSError:
        return ""


def until(start, condition):
    while not condition():
        if time.perf_counter() - start > 10:
            raise TimeoutError("the daemon does not answer")
    return time.perf_counter() - start


def memory():
    table = Table("Memory of the idle daemon, kB", "", "private dirty", "proportional", "resident")
    root = host.Root()
    daemon = host.Daemon(root)
    daemon.settle(1)
    table.add(f"{len(host.entries())} of QEMU's entries", *daemon.memory())
    path = root.write("etc/binfmt.d/many.conf", "".join(host.made_up_strings(10000)))
    daemon.settle(3)
    table.add("10,000 more", *daemon.memory())
    os.unlink(path)
    daemon.settle(3)
    table.add("after these were taken away again", *daemon.memory())
    daemon.stop()
    host.flush()
    root.remove()
    return table


def footprint():
    table = Table("To READY", "", "binfmtd", "systemd-binfmt")
    root = host.Root()
    counts = {}
    for name, command in (
        ("binfmtd", [host.program("binfmtd"), "--root", root.path]),
        ("systemd-binfmt", [host.SYSTEMD_BINFMT]),
    ):
        size = os.path.getsize(command[0])
        needed = subprocess.run(["ldd", command[0]], capture_output=True, text=True).stdout.count("=>")
        counts[name] = (f"{size / 1e6:.1f} MB", needed)
    daemon = host.Daemon(root)
    faults = open(f"/proc/{daemon.process.pid}/stat").read().rsplit(")", 1)[1].split()[7]
    daemon.stop()
    table.add("size of the program", *(counts[name][0] for name in counts))
    table.add("libraries that it loads", *(counts[name][1] for name in counts))
    table.add("page faults", faults, "")
    host.flush()
    root.remove()
    return table


def native_exec(pairs):
    table = Table("An exec of a native program, µs", "entries", "time", "÷ without any")
    spawn = host.compiled("exec-loop")
    without = []
    for count in (0, 34, 100, 1000, 10000):
        host.flush()
        strings = host.made_up_strings(count)
        if count:
            root = host.Root(strings)
            subprocess.run([host.compiled("write-strings"), root.strings], check=True)
            root.remove()
        times = [float(subprocess.run([spawn, "1000"], capture_output=True, text=True).stdout) for _ in range(pairs)]
        if count == 0:
            without = times
        table.add(f"{count:,}", spread(times, unit=1), ratio(times, without))
    host.flush()
    return table


def commands(pairs):
    table = Table("binfmtctl, ms", "command", "entries", "binfmtctl", "systemd-binfmt --cat-config", "ratio")
    for count in (34, 10000):
        root = host.Root(host.made_up_strings(count))
        host.Daemon(root).stop()
        for command in ("status", "plan", "check"):
            ours, theirs = [], []
            for _ in range(pairs if count == 34 else max(3, pairs // 4)):
                start = time.perf_counter()
                subprocess.run(
                    [host.program("binfmtctl"), command, "--root", root.path], stdout=subprocess.DEVNULL, check=False)
                ours.append(time.perf_counter() - start)
                theirs.append(host.run_time([host.SYSTEMD_BINFMT, "--cat-config"]))
            table.add(command, f"{count:,}", spread(ours), spread(theirs), ratio(ours, theirs))
        host.flush()
        root.remove()
    return table


def processor():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def main():
    pairs = int(os.environ.get("PAIRS", "20"))
    start_table, start_figure = starts(pairs)
    latency_table, latency_figure = latencies(5 * pairs)
    for name, figure in (("starts", start_figure), ("latencies", latency_figure)):
        with open(os.path.join(host.HERE, name + ".svg"), "w") as file:
            file.write(figure)
    systemd = subprocess.run([host.SYSTEMD_BINFMT, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    print("<!-- SPDX-License-Identifier: Apache-2.0 -->\n# What was measured\n")
    print(f"By `make bench` on Linux {platform.release()}, {systemd}, {processor()}, {os.cpu_count()} processors; "
          f"{pairs} pairs, fewer with 10,000 entries. A time is a median, with the middle half of all times behind it; a "
          "ratio is that of two things run in turn. *The mere writes* is a C program that does nothing but write the "
          "register strings: [write-strings.c](write-strings.c).\n")
    print(start_table, "\n![Time for an entry](starts.svg)\n", sep="\n")
    print(latency_table, "\n![Latencies](latencies.svg)\n", sep="\n")
    print(memory(), footprint(), native_exec(max(3, pairs // 2)), commands(pairs), sep="\n\n")


if __name__ == "__main__":
    main()
