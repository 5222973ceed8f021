# SPDX-License-Identifier: Apache-2.0
"""Measures binfmtd beside what people use today, in a private registry, and prints RESULTS.md.

Every figure is a ratio of two things that were run in turn: machines differ, and are never quite idle.
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
update-binfmts is run three times only, and neither with 10,000 nor with F: the time of an import grows with the square
of the number.

![Time for an entry](starts.svg)
""", sep="\n")
    print(edit_table, """
systemd-binfmt is run without arguments, as the start of its unit does, by the one who edits; so is
`update-binfmts --import x`. binfmtd is told by the kernel.
""", removal_table, "\n![Latencies](latencies.svg)\n", sep="\n")
    print(storm.measure(max(1, seconds // 6)), """
Each time the entry gets the other one of two interpreters, and the next time follows when the kernel has it.
""", sep="\n")
    print(idle.wakeups(seconds), """
Counted by strace, in three daemons at once, each with a registry of its own.
""", sep="\n")
    print(
        idle.memory(), boot.tables().strip(), *footprint.measure(), execs.native(pairs), execs.foreign(pairs),
        commands.measure(pairs), sep="\n\n")
    print("\nThe two others print a database, or files; neither looks whether the kernel has what they say.")


def introduction(pairs):
    systemd = subprocess.run([host.SYSTEMD_BINFMT, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    debian = subprocess.run([ways.UPDATE_BINFMTS, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    return f"""<!-- SPDX-License-Identifier: Apache-2.0 -->
# What was measured

By `make bench` on Linux {platform.release()}, {systemd}, {debian}, {processor()}, {os.cpu_count()} \
processors. A time is a median, with the middle half of all times behind it; a ratio is that of two things run in \
turn, {pairs} pairs of them, fewer where it says so. *The mere writes* is a C program that does nothing but write the \
register strings: [write-strings.c](write-strings.c). binfmtd keeps its state on a tmpfs, as below a host's /run.
"""


def processor():
    with open("/proc/cpuinfo") as file:
        names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    main()
