# SPDX-License-Identifier: Apache-2.0
"""The cost of a start: libraries, page faults, and system calls by purpose."""

import collections
import os
import re
import subprocess

import calls
import host
from report import Table

# The purposes of calls: the first pattern that matches a call. Calls of the loader and of the probe are found
# otherwise.
LOADER = "the loader"
PROBE = "probing the CPU"
GROUPS = {
    LOADER: ("maps the libraries, and protects relocated pages", None),
    PROBE: ("executes a program that cannot be loaded, to find out whether the CPU would run it",
            r"memfd|\b(v?fork|clone3?|wait4)\("),
    "the registry": ("reads and registers entries, locks the table, and holds it open so that the table stays",
                     r"/proc/sys/fs/binfmt_misc"),
    "watches": ("watches directories, signals and timers",
                r"\b(inotify_\w+|epoll_\w+|timerfd_\w+|signalfd4|rt_sigprocmask)\("),
    "notification": ("sends READY=1 to the service manager, and messages to the journal",
                     r"\b(socket|\w+sockopt|send\w+)\("),
    "state": ("records its entries before and after a pass, and writes the status for `binfmtctl status`",
                      r"/run\b"),
    "paths": ("follows the paths of files and interpreters, and checks that only root can change where they lead",
              "AT_SYMLINK_NOFOLLOW"),
    "configuration": ("lists each configuration directory, and reads its files", r"/(etc|binfmts|binfmt\.d|binfmtd)\b"
                      r"|strings\.conf|bench\.conf"),
    "memory": ("allocates and returns memory", r"\b(brk|mmap|munmap|madvise)\("),
    "start of the libraries": ("identity, limits, random numbers, the stack's bounds", ""),
}


def measure():
    """The table of sizes, and that of system calls."""
    root = host.Root()
    address = os.path.join(root.path, "notify")
    daemon = host.Daemon(root)
    faults = host.faults(daemon.process.pid)
    daemon.stop()
    lines = host.register_strings()
    strings = root.write("strings.conf", "".join(lines))
    host.flush()
    root.forget()
    theirs = calls.until([host.SYSTEMD_BINFMT, strings])
    host.flush()
    daemon_socket = host.listen(address)
    ours = calls.until([host.program("binfmtd"), "--root", root.path], "READY=1", {"NOTIFY_SOCKET": address})
    daemon_socket.close()
    host.flush()
    process = subprocess.Popen([host.SYSTEMD_BINFMT, strings])
    their_faults = os.wait4(process.pid, 0)[2].ru_minflt
    host.flush()
    root.remove()

    sizes = Table(f"To READY, with {len(lines)} of QEMU's entries", "", "binfmtd", "systemd-binfmt")
    program = host.program("binfmtd")
    shared = os.path.getsize(re.search(r'"([^"]*/libsystemd-shared-[^"]*)", .* = \d', "".join(theirs)).group(1))
    sizes.add("the program, stripped", size(os.path.getsize(program)),
              f"{size(os.path.getsize(host.SYSTEMD_BINFMT))}, and libsystemd-shared of {size(shared)}")
    sizes.add("libraries", *(", ".join([str(len(names)), *names]) for names in map(libraries, (ours, theirs))))
    sizes.add("page faults", faults, their_faults)
    sizes.add("system calls", len(ours), len(theirs))
    return sizes, grouped(ours, theirs)


def grouped(ours, theirs):
    table = Table("System calls to READY, by purpose",
                  "", "binfmtd", "systemd-binfmt", "what it does", "binfmtd's calls")
    counts = [count(lines) for lines in (ours, theirs)]
    for name, (purpose, _) in GROUPS.items():
        by_name = counts[0][name]
        table.add(name, sum(by_name.values()), sum(counts[1][name].values()), purpose,
                  ", ".join(f"{call} {number}" for call, number in by_name.most_common(6)))
    return table


def count(lines):
    """The number of each call in each group."""
    counts = {name: collections.Counter() for name in GROUPS}
    first = lines[0].split()[0]
    loaded = next((number for number, line in enumerate(lines) if " munmap(" in line), 0)
    for number, line in enumerate(lines):
        process, call = line.split("(", 1)[0].split()
        if number <= loaded:
            name = LOADER
        elif process != first:
            name = PROBE
        else:
            name = next(name for name, (_, pattern) in GROUPS.items() if pattern is not None and re.search(pattern, line))
        counts[name][call] += 1
    return counts


def size(count):
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def libraries(lines):
    """The libraries that the loader opened."""
    opened = (re.search(r'openat\(.*"[^"]*/([^/"]+\.so[.\d]*)", .* = \d', line) for line in lines)
    return sorted({match.group(1) for match in opened if match})
