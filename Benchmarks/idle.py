# SPDX-License-Identifier: Apache-2.0
"""The cost of the idle daemon: system calls, wake-ups and memory."""

import contextlib
import json
import os
import time

import calls
import host
from report import Table


def wakeups(seconds):
    table = Table(f"Idle for {seconds} s", "", "wake-ups", "system calls")
    cases = {"without a watchdog": {}, "with a watchdog of 10 s": {"WATCHDOG_USEC": "10000000"},
             "with a watchdog of 60 s": {"WATCHDOG_USEC": "60000000"}}
    roots = [host.Root() for _ in cases]
    daemons = [host.Daemon(root, host.PRIVATE, environment) for root, environment in zip(roots, cases.values())]
    for daemon in daemons:
        daemon.settle(1)
    watches = [calls.Watch(daemon.process.pid) for daemon in daemons]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for daemon in daemons:
            daemon.settle(0.5)
    for name, watch in zip(cases, watches):
        table.add(name, *watch.end())
    for daemon, root in zip(daemons, roots):
        daemon.stop()
        root.remove()
    return table


def memory():
    table = Table("Memory of the idle daemon, kB", "", "private dirty", "proportional", "resident")
    root = host.Root()
    daemon = host.Daemon(root)
    daemon.settle(1)
    table.add(f"{len(host.entries())} of QEMU's entries", *host.memory(daemon.process.pid))
    path = root.write("etc/binfmt.d/many.conf", "".join(host.made_up_strings(10000)))
    daemon.settle(3)
    table.add("10,000 more", *host.memory(daemon.process.pid))
    os.unlink(path)
    daemon.settle(3)
    table.add("after these were removed", *host.memory(daemon.process.pid))
    daemon.stop()
    host.flush()
    root.remove()
    return table
