# SPDX-License-Identifier: Apache-2.0
"""Runs in the booted system: compares binfmtd's unit with other daemons, and with systemd-binfmt's unit."""

import os
import statistics
import subprocess
import sys
import time

import calls
import host
from report import Table, ratio, worst
from ways import SystemdBinfmt, Way

UNITS = ("binfmtd", "cron", "systemd-udevd", "polkit", "systemd-journald")
EDITS = 20


class Watched(Way):
    """A file of binfmt.d, which binfmtd watches."""

    form = SystemdBinfmt.form
    file = "/etc/binfmt.d/x.conf"


class Restarted(Watched):
    """The same file, followed by a restart of systemd-binfmt."""

    def tell(self):
        systemctl("restart", "systemd-binfmt")


def main():
    systemctl("start", *UNITS)
    time.sleep(10)  # As long as others still write to /run, which is watched, a boot is not over.
    count = len(host.entries())
    memories = Table("Memory in a booted system, kB", "", "private dirty", "proportional", "resident")
    for unit in UNITS:
        label = f"binfmtd, {count} entries" if unit == "binfmtd" else unit
        memories.add(label, *(host.memory(process(unit)) if process(unit) else ("did not start", "", "")))
    print(wakeups(int(sys.argv[1])), "\nA wake-up for the watchdog is an sd_notify(3): 14 calls.\n", sep="\n")
    after_many(memories)
    print(memories, "", restarts(), sep="\n")
    print("\nFor binfmtd, the second edit after a start. A restart of the other unit empties the table and registers "
          "every entry again;\n`systemctl` waits for that.")


def wakeups(seconds):
    table = Table(f"Idle for {seconds} s in a booted system", "", "wake-ups", "system calls")
    watches = {unit: calls.Watch(process(unit)) for unit in UNITS if process(unit)}
    time.sleep(seconds)
    for unit, watch in watches.items():
        table.add(unit + (", with its watchdog of 60 s" if unit == "binfmtd" else ""), *watch.end())
    return table


def after_many(table):
    path = "/etc/binfmt.d/many.conf"
    before = len(host.entries())
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.writelines(host.made_up_strings(10000))
    host.until(time.perf_counter(), lambda: len(host.entries()) == before + 10000)
    time.sleep(2)
    table.add("binfmtd, 10,000 more", *host.memory(process("binfmtd")))
    os.unlink(path)
    host.until(time.perf_counter(), lambda: len(host.entries()) == before)
    time.sleep(2)
    table.add("binfmtd, after these were removed", *host.memory(process("binfmtd")))


def restarts():
    """Edits with binfmtd, and edits with `systemctl restart systemd-binfmt`, in turn."""
    name = "From close(2) of an edited file to the changed entry in the kernel, in a booted system, ms"
    table = Table(name, "", "entries", "median", "99 of 100", "of", "binfmtd ÷ it")
    ours, theirs, counts = [], [], {}
    os.makedirs("/etc/binfmt.d", exist_ok=True)
    for number in range(EDITS):
        systemctl("start", "binfmtd")
        # The daemon has one processor, and the program that watches for its reaction has the other.
        os.sched_setaffinity(process("binfmtd"), {0})
        os.sched_setaffinity(0, {1 % os.cpu_count()})
        for deed in ("FIRST", "EDIT"):
            time.sleep(0.3)
            latency = Watched().declare(f"{deed}{number:06}", "/bin/true")
        # Much of a daemon that has just started is not in memory before its first edit.
        ours.append(latency)
        os.sched_setaffinity(0, range(os.cpu_count()))
        counts["binfmtd"] = len(host.entries())
        systemctl("stop", "binfmtd")
        theirs.append(Restarted().declare(f"THEN{number:06}", "/bin/true"))
        counts["systemctl restart systemd-binfmt"] = len(host.entries())
        # systemd counts starts, and refuses the sixth within ten seconds.
        systemctl("reset-failed", "systemd-binfmt", "binfmtd")
    for (label, count), times in zip(counts.items(), (ours, theirs)):
        table.add(label, count, f"{statistics.median(times) * 1e3:.2f}", worst(times), len(times), ratio(ours, times))
    return table


def process(unit):
    return int(subprocess.run(["systemctl", "show", "--value", "-p", "MainPID", unit], capture_output=True).stdout)


def systemctl(*arguments):
    subprocess.run(["systemctl", *arguments], check=False)


if __name__ == "__main__":
    main()
