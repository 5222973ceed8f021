# SPDX-License-Identifier: Apache-2.0
"""Execs through an entry that is edited continuously."""

import os
import shutil
import subprocess
import tempfile
import time

import host
from report import Table
from ways import Binfmtd, SystemdBinfmt, UpdateBinfmts

MAGIC = "STORMY"


def measure(seconds):
    table = Table(f"Execs through one of 34 entries while it is edited for {seconds} s",
                  "program", "edits", "execs", "failed", "failed of 1,000")
    folder = tempfile.mkdtemp(prefix="binfmtd-bench.")
    file, interpreters = foreign_program(folder), [os.path.join(folder, name) for name in ("a", "b")]
    for interpreter in interpreters:
        shutil.copy(host.compiled("succeed"), interpreter)
    strings = host.made_up_strings(33)
    for way in (Binfmtd(strings), SystemdBinfmt(strings), UpdateBinfmts(strings)):
        way.start()
        way.declare(MAGIC, interpreters[0])
        declarations, execs, failures = declare_beside_execs(way, file, interpreters, seconds)
        table.add(way.name, f"{declarations:,}", f"{execs:,}", f"{failures:,}", f"{failures / execs * 1e3:.1f}")
        way.stop()
        way.remove()
    shutil.rmtree(folder)
    return table


def foreign_program(folder):
    path = os.path.join(folder, "foreign")
    with open(path, "w") as file:
        file.write(MAGIC + " is what the entry recognises\n")
    os.chmod(path, 0o755)
    return path


def declare_beside_execs(way, file, interpreters, seconds):
    """The numbers of edits, of execs meanwhile, and of failed execs."""
    output = tempfile.TemporaryFile("w+")
    storm = subprocess.Popen([host.compiled("exec-storm"), file, "0"], stdin=subprocess.PIPE, stdout=output)
    host.until(time.perf_counter(), lambda: os.fstat(output.fileno()).st_size > 0)
    declarations, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        declarations += 1
        way.declare(MAGIC, interpreters[declarations % 2])
    storm.stdin.close()
    storm.wait()
    output.seek(0)
    _, *failures, execs = output.read().splitlines()
    return declarations, int(execs), len(failures)
