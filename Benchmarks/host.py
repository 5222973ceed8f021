# SPDX-License-Identifier: Apache-2.0
"""Access to a private registry, and the programs that the benchmarks measure."""

import functools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

REGISTRY = "/proc/sys/fs/binfmt_misc"
HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.join(HERE, "..", ".build")
SYSTEMD_BINFMT = "/usr/lib/systemd/systemd-binfmt"
# Runs a command with its own registry, in a nested user namespace.
PRIVATE = [
    "unshare", "--map-root-user", "--mount", "sh", "-c",
    f'mount -t binfmt_misc none {REGISTRY} && exec "$@"', "sh"]


def program(name, build=""):
    """A stripped copy of a release program, as it is installed; `build` is the directory of another build."""
    copy = os.path.join(BUILD, build, "bench", name)
    os.makedirs(os.path.dirname(copy), exist_ok=True)
    source = os.path.join(BUILD, build, "release", name)
    if not os.path.exists(copy) or os.path.getmtime(copy) < os.path.getmtime(source):
        subprocess.run(["strip", "-o", copy, source], check=True)
        os.sync()  # Pages of a file that was just written count as the process's own.
    return copy


@functools.cache
def compiled(name):
    """A C program of this directory, or of the tests."""
    for folder in (HERE, os.path.join(HERE, "..", "Tests", "Programs")):
        source = os.path.join(folder, name + ".c")
        if os.path.exists(source):
            target = os.path.join(BUILD, "bench", name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            subprocess.run(["cc", "-O2", "-static", "-o", target, source], check=True)
            return target
    raise FileNotFoundError(name)


def write(file, text):
    descriptor = os.open(os.path.join(REGISTRY, file), os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def flush():
    write("status", "-1")


def entries():
    return [name for name in os.listdir(REGISTRY) if name not in ("register", "status")]


def entry(name):
    """The kernel's text for an entry; empty if there is none."""
    try:
        with open(os.path.join(REGISTRY, name)) as file:
            return file.read()
    except OSError:
        return ""


def until(start, condition):
    """The time from the start until the condition became true."""
    while not condition():
        if time.perf_counter() - start > 10:
            raise TimeoutError("the kernel is not told")
    return time.perf_counter() - start


def register_strings():
    """The registered entries as register strings; the kernel tries the first one last."""
    lines = []
    for name in reversed(entries()):
        fields = {}
        for line in open(os.path.join(REGISTRY, name)):
            key, _, value = line.rstrip("\n").partition(" ")
            fields[key] = value
        escaped = [
            "".join("\\x" + fields[key][i : i + 2] for i in range(0, len(fields.get(key, "")), 2))
            if key in fields else ""
            for key in ("magic", "mask")
        ]
        lines.append(f":{name}:M::{escaped[0]}:{escaped[1]}:{fields['interpreter']}:{fields['flags:']}\n")
    return lines


def made_up_strings(count, overlapping=False):
    """Patterns that no file has; if overlapping, each second one is part of the one before it."""
    def magic(i):
        return f"MAGIC{i - i % 2:06}" + ("X" if i % 2 == 0 else "") if overlapping else f"MAGIC{i:06}"
    return [f":e{i:05}:M::{magic(i)}::/bin/true:\n" for i in range(count)]


class Root:
    """A directory for binfmtd's configuration and state."""

    def __init__(self, strings=None, toml=""):
        self.path = tempfile.mkdtemp(prefix="binfmtd-bench.")
        self.run = os.path.join(self.path, "run")
        os.mkdir(self.run)
        # As systemd mounts it, in this mount namespace only.
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", self.run], check=True)
        self.write("etc/binfmtd/binfmtd.toml", ("" if strings is None else "[qemu]\ntargets = []\n") + toml)
        if strings is not None:
            self.strings = self.write("etc/binfmt.d/bench.conf", "".join(strings))

    def write(self, name, text):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path + ".new", "w") as file:
            file.write(text)
        os.rename(path + ".new", path)
        return path

    def forget(self):
        for name in os.listdir(self.run):
            shutil.rmtree(os.path.join(self.run, name))

    def remove(self):
        subprocess.run(["umount", self.run], check=True)
        shutil.rmtree(self.path)


def listen(address):
    """A socket for programs' sd_notify(3) messages."""
    if os.path.exists(address):
        os.unlink(address)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(address)
    return listener


class Daemon:
    """A binfmtd with this process as its service manager."""

    def __init__(self, root, prefix=(), environment=None, build=None):
        address = os.path.join(root.path, "notify")
        self.socket = listen(address)
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [*prefix, build or program("binfmtd"), "--root", root.path],
            env=dict(os.environ, NOTIFY_SOCKET=address, **(environment or {})), stderr=subprocess.DEVNULL)
        while b"READY=1" not in self.socket.recv(8192):
            pass
        self.ready = time.perf_counter() - start
        self.socket.setblocking(False)

    def drain(self):
        """Reads its notifications; if they are not read, the daemon blocks."""
        try:
            while True:
                self.socket.recv(8192)
        except BlockingIOError:
            pass

    def settle(self, seconds=0.5):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.drain()
            time.sleep(0.02)

    def processor_time(self):
        """Its processor time so far, in s (sched-stats in the kernel's documentation)."""
        with open(f"/proc/{self.process.pid}/schedstat") as file:
            return int(file.read().split()[0]) / 1e9

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.socket.close()


def two_starts(root, build=None):
    """A daemon's start on an empty table, and its next one, on a table that is in sync; each is stopped after its use."""
    flush()
    root.forget()
    for name in ("first", "in sync"):
        daemon = Daemon(root, build=build)
        yield name, daemon
        daemon.stop()


def faults(process):
    """Page faults so far that needed no disk."""
    with open(f"/proc/{process}/stat") as file:
        return int(file.read().rsplit(")", 1)[1].split()[7])


def memory(process):
    """In kB: private dirty, proportional, resident."""
    fields = {}
    with open(f"/proc/{process}/smaps_rollup") as file:
        for parts in map(str.split, file):
            if len(parts) == 3:
                fields[parts[0]] = int(parts[1])
    return fields["Private_Dirty:"], fields["Pss:"], fields["Rss:"]


def run_time(command, check=True):
    start = time.perf_counter()
    subprocess.run(command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start
