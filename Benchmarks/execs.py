# SPDX-License-Identifier: Apache-2.0
"""The cost of an exec, by number of entries."""

import os
import shutil
import subprocess
import tempfile

import host
from report import Table, ratio, spread
from storm import foreign_program, MAGIC

EXECS = 200


def native(pairs):
    """An exec of a native program tries every entry, and none matches."""
    table = Table("An exec of a native program, µs", "entries", "without any", "with these", "ratio")
    program = host.compiled("succeed")
    for count in (34, 100, 1000, 10000):
        root = host.Root(host.made_up_strings(count))
        without, beside = [], []
        for _ in range(pairs):
            without.append(exec_time(program))
            subprocess.run([host.compiled("write-strings"), root.strings], check=True)
            beside.append(exec_time(program))
            host.flush()
        table.add(f"{count:,}", spread(without, unit=1), spread(beside, unit=1), ratio(beside, without))
        root.remove()
    return table


def foreign(pairs):
    """The same entry in the table that binfmtd makes, and in the one that systemd-binfmt makes."""
    table = Table("An exec of a foreign program, µs", "entries", "its own is tried", "registered by binfmtd",
                  "by systemd-binfmt", "ratio", "÷ the interpreter alone")
    folder = tempfile.mkdtemp(prefix="binfmtd-bench.")
    file = foreign_program(folder)
    interpreter = shutil.copy(host.compiled("succeed"), folder)
    own = f":own:M::{MAGIC[:4]}::{interpreter}:\n"
    for count in (1, 34, 100, 1000):
        others = host.made_up_strings(count - 1)
        # The kernel tries the entry first that was registered last.
        orders = {"first": [*others, own], "last": [own, *others]} if others else {"alone": [own]}
        for place, strings in orders.items():
            root = host.Root(strings)
            ours, theirs, alone = [], [], []
            for _ in range(pairs):
                root.forget()
                host.Daemon(root).stop()
                ours.append(exec_time(file))
                alone.append(exec_time(interpreter))
                host.flush()
                host.run_time([host.SYSTEMD_BINFMT, root.strings])
                theirs.append(exec_time(file))
                host.flush()
            table.add(f"{count:,}", place, spread(ours, unit=1), spread(theirs, unit=1), ratio(ours, theirs),
                      ratio(ours, alone))
            root.remove()
    shutil.rmtree(folder)
    return table


def exec_time(file):
    return float(subprocess.run([host.compiled("exec-loop"), file, str(EXECS)], capture_output=True, check=True).stdout)
