# SPDX-License-Identifier: Apache-2.0
"""Compares binfmtd with the programs that hosts use today, in a private registry, and prints RESULTS.md.

Every ratio is that of two programs run alternately, because machines differ, and are never quite idle.
"""

import os
import platform
import subprocess

import boot
import commands
import execs
import footprint
import host
import idle
import latencies
import linking
import starts
import storm
import ways


def main():
    pairs = int(os.environ.get("PAIRS", "20"))
    seconds = int(os.environ.get("IDLE_SECONDS", "60"))
    start_table, start_figure = starts.measure(pairs)
    edit_table, removal_table, latency_figure = latencies.measure(pairs)
    for name, figure in (("starts", start_figure), ("latencies", latency_figure)):
        with open(os.path.join(host.HERE, name + ".svg"), "w") as file:
            file.write(figure)
    print(introduction(pairs))
    print(start_table, """
update-binfmts runs only three times, and neither with 10,000 entries nor with F: the time of an import grows with the
square of the number of entries.

![Time for an entry](starts.svg)
""", sep="\n")
    print(edit_table, """
After each edit the benchmark runs systemd-binfmt without arguments, as its unit does, or `update-binfmts --import x`.
binfmtd is notified by the kernel.
""", removal_table, "\n![Latencies](latencies.svg)\n", sep="\n")
    print(storm.measure(max(1, seconds // 6)), """
Each edit switches between two interpreters, and the next edit follows as soon as the kernel has the entry. After a burst
of edits binfmtd makes ten passes a second at most.
""", sep="\n")
    print(idle.wakeups(seconds), """
Counted by strace, in three daemons at the same time, each with its own registry.
""", sep="\n")
    print(
        idle.memory(), boot.tables().strip(), linking.measure(pairs), *footprint.measure(), execs.native(pairs),
        execs.foreign(pairs), commands.measure(pairs), sep="\n\n")
    print("\nThe other two print a database or files, and do not check whether the kernel has the entries.")


def introduction(pairs):
    systemd = subprocess.run([host.SYSTEMD_BINFMT, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    debian = subprocess.run([ways.UPDATE_BINFMTS, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    return f"""<!-- SPDX-License-Identifier: Apache-2.0 -->
# Benchmark results

By `make bench` on Linux {platform.release()}, {systemd}, {debian}, {processor()}, {os.cpu_count()} \
processors. A time is a median, followed by the interval of the middle half of all times; a ratio is that of two programs \
run alternately, {pairs} pairs of them unless stated otherwise. *The writes alone* is a C program that only writes the \
register strings: [write-strings.c](write-strings.c). binfmtd keeps its state on a tmpfs, as below a host's /run.
"""


def processor():
    with open("/proc/cpuinfo") as file:
        names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    main()
