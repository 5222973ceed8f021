# SPDX-License-Identifier: Apache-2.0
"""Compares builds of binfmtd: `trial.py BASE OTHER…`, each the path of a release binary that is not stripped.

Counts the instructions of a start on an empty table, of one on a table that is in sync, of an edit and of a removal
(callgrind), then runs the starts in turn and compares the processor time and the wall time of each pair.
"""

import glob
import os
import sys
import tempfile
import time

import host
from report import Table, ratio

EDIT = '[entry.x]\nmagic = "{}"\ninterpreter = "/bin/true"\n'
SIZES = {"QEMU's": None, "10,000": 10000}


def main():
    builds = sys.argv[1:]
    pairs = int(os.environ.get("PAIRS", "20"))
    counts = Table("Instructions, in millions", "entries", "build", "first", "in sync", "edit", "removal")
    times = Table("Time of a start, as a ratio to that of the first build",
                  "entries", "build", "", "processor", "wall")
    for name, count in SIZES.items():
        root = host.Root(None if count is None else host.made_up_strings(count))
        for build in builds:
            counts.add(name, build, *(f"{value / 1e6:.2f}" for value in instructions(build, root)))
        for row in in_turn(builds, root, pairs):
            times.add(name, *row)
        root.remove()
    print(counts, times, sep="\n\n")


class Counted(host.Daemon):
    """A daemon in callgrind, which ends a count with each pass."""

    def __init__(self, build, root):
        self.folder = tempfile.TemporaryDirectory()
        self.counts = os.path.join(self.folder.name, "callgrind")
        valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={self.counts}", "--dump-after=*DaemonC4pass*"]
        super().__init__(root, valgrind, {"SWIFT_DETERMINISTIC_HASHING": "1"}, build)

    def passes(self):
        return len(glob.glob(self.counts + ".*"))

    def rest(self):
        """Waits until it has made no pass for a while."""
        last = None
        while last != self.passes():
            last = self.passes()
            self.settle(1)

    def instructions(self, number):
        while True:
            self.drain()
            if self.passes() >= number:
                with open(f"{self.counts}.{number}", errors="replace") as file:
                    for line in file:
                        if line.startswith("summary: "):
                            return int(line.split()[1])
            time.sleep(0.05)


def instructions(build, root):
    """Those of the first start, of one in sync, of the pass after an edit, and of the one after a removal."""
    host.flush()
    root.forget()
    file = root.write("etc/binfmtd/entries.d/x.toml", "")
    daemon = Counted(build, root)
    first = daemon.instructions(1)
    daemon.rest()
    known = daemon.passes()
    with open(file, "w") as edited:
        edited.write(EDIT.format("EDIT"))
    edit = daemon.instructions(known + 1)
    daemon.rest()
    known = daemon.passes()
    host.write(min(set(host.entries()) - {"x"}), "-1")
    removal = daemon.instructions(known + 1)
    daemon.rest()
    daemon.stop()
    daemon = Counted(build, root)
    in_sync = daemon.instructions(1)
    daemon.stop()
    host.flush()
    return first, in_sync, edit, removal


def in_turn(builds, root, pairs):
    times = {(build, start): [] for build in builds for start in ("first", "in sync")}
    for number in range(pairs):
        for build in builds if number % 2 else builds[::-1]:
            for start, daemon in host.two_starts(root, build):
                times[build, start].append((daemon.processor_time(), daemon.ready))
    host.flush()
    for (build, start), ours in times.items():
        if build != builds[0]:
            base = times[builds[0], start]
            yield build, start, *(ratio([a[i] for a in ours], [b[i] for b in base]) for i in (0, 1))


if __name__ == "__main__":
    main()
