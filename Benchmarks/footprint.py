# SPDX-License-Identifier: Apache-2.0
"""What a start takes: libraries, page faults, system calls, and what each of these is for."""

import collections
import os
import re
import subprocess

import calls
import host
from report import Table

# Which calls are for what: the first pattern that a call has. Those of the loader and of the probe are told otherwise.
LOADER = "the loader"
PROBE = "asking the CPU"
GROUPS = {
    LOADER: ("maps the libraries, and protects what it has relocated", None),
    PROBE: ("executes what cannot be loaded, to know whether the CPU would run it",
            r"memfd|\b(v?fork|clone3?|wait4)\("),
    "the registry": ("reads what is registered, registers, locks it, and holds it open so that the table stays",
                     r"/proc/sys/fs/binfmt_misc"),
    "watches": ("asks to be told of every change of a folder, of signals, and of time",
                r"\b(inotify_\w+|epoll_\w+|timerfd_\w+|signalfd4|rt_sigprocmask)\("),
    "telling": ("says READY=1 to the service manager, and the rest to the journal", r"\b(socket|\w+sockopt|send\w+)\("),
    "what it keeps": ("writes down what it registers before and after a pass, and what `binfmtctl status` shows",
                      r"/run\b"),
    "safety": ("looks at each folder on the way to a file: may anyone but root change it?", "AT_SYMLINK_NOFOLLOW"),
    "configuration": ("looks into each folder that may have some, and reads it", r"/(etc|binfmts|binfmt\.d|binfmtd)\b"
                      r"|strings\.conf|bench\.conf"),
    "interpreters": ("looks which file each of them is, and whether it is there", r"/(usr|bin|opt)\b"),
    "memory": ("asks for it and gives it back", r"\b(brk|mmap|munmap|madvise)\("),
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
    sizes.add("libraries", *(f"{len(names)}: {', '.join(names)}" for names in map(libraries, (ours, theirs))))
    sizes.add("page faults", faults, their_faults)
    sizes.add("system calls", len(ours), len(theirs))
    return sizes, grouped(ours, theirs)


def grouped(ours, theirs):
    table = Table("System calls to READY, by what they are for",
                  "", "binfmtd", "systemd-binfmt", "what it does", "binfmtd's calls")
    counts = [count(lines) for lines in (ours, theirs)]
    for name, (purpose, _) in GROUPS.items():
        by_name = counts[0][name]
        table.add(name, sum(by_name.values()), sum(counts[1][name].values()), purpose,
                  ", ".join(f"{call} {number}" for call, number in by_name.most_common(6)))
    return table


def count(lines):
    """How often each group has which call."""
    counts = {name: collections.Counter() for name in GROUPS}
    first = lines[0].split()[0]
    loaded = next(number for number, line in enumerate(lines) if " munmap(" in line)
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
    """What the loader opened."""
    opened = (re.search(r'openat\(.*"[^"]*/([^/"]+\.so[.\d]*)", .* = \d', line) for line in lines)
    return sorted({match.group(1) for match in opened if match})
