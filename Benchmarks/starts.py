# SPDX-License-Identifier: Apache-2.0
"""The time of a start, by number of entries."""

import statistics

import host
import plot
from report import Table, ratio, spread
from ways import UpdateBinfmts


def measure(pairs):
    """The table, and the figure of the cost per entry."""
    table = Table(
        "From exec to the first pass done", "entries", "", "binfmtd, ms", "systemd-binfmt, ms",
        "update-binfmts --import, ms", "÷ systemd-binfmt", "÷ update-binfmts", "÷ the writes alone")
    qemu(table, pairs)
    curve = {}
    for count, overlapping in [(count, overlapping) for overlapping in (False, True) for count in (100, 1000, 10000)]:
        strings = host.made_up_strings(count, overlapping)
        root = host.Root(strings)
        name = f"{count:,}" + (", overlapping in pairs" if overlapping else "")
        times = in_turn(root, root.strings, pairs)
        if count < 10000 and not overlapping:
            times["update-binfmts"] = imports(strings, 3)
        add(table, name, times)
        for way, values in times.items():
            if not overlapping or way.startswith("binfmtd"):
                line = curve.setdefault(way + (", overlapping" if overlapping else ""), [])
                line.append((count, statistics.median(values) / count * 1e6))
        root.remove()
    return table, plot.lines("Time for an entry, µs", "entries", curve)


def qemu(table, pairs):
    """QEMU's entries with F, as binfmtd registers them without a configuration; the kernel opens each interpreter."""
    root = host.Root()
    host.Daemon(root).stop()
    lines = host.register_strings()
    strings = root.write("strings.conf", "".join(lines))
    add(table, f"{len(lines)} of QEMU's, with F", in_turn(root, strings, pairs))
    root.remove()


def in_turn(root, strings, pairs):
    """Starts the programs alternately; binfmtd on an empty table, and again on a table that is in sync."""
    writer = host.compiled("write-strings")
    times = {"binfmtd, first": [], "binfmtd, in sync": [], "systemd-binfmt": [], "the writes alone": []}
    for _ in range(pairs):
        for name, daemon in host.two_starts(root):
            times["binfmtd, " + name].append(daemon.ready)
        host.flush()
        times["systemd-binfmt"].append(host.run_time([host.SYSTEMD_BINFMT, strings]))
        host.flush()
        times["the writes alone"].append(host.run_time([writer, strings]))
    host.flush()
    return times


def imports(strings, count):
    way = UpdateBinfmts(strings)
    times = []
    for _ in range(count):
        times.append(host.run_time(way.command("--import")))
        way.stop()
    way.remove()
    return times


def add(table, name, times):
    systemd, imported, writes = times["systemd-binfmt"], times.get("update-binfmts"), times["the writes alone"]
    for label in ("first", "in sync"):
        ours = times["binfmtd, " + label]
        table.add(
            name, label, spread(ours), spread(systemd), spread(imported) if imported else "", ratio(ours, systemd),
            ratio(ours, imported) if imported else "", ratio(ours, writes))
