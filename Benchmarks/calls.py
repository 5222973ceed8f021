# SPDX-License-Identifier: Apache-2.0
"""System calls, as strace prints them."""

import os
import re
import signal
import subprocess
import tempfile
import time

# The beginning of a call's line; signals and resumed calls look different.
CALL = re.compile(r"\d+ +\w+\(")
# A call that blocked and then returned is a wake-up.
WAITS = re.compile(r"\b(epoll_p?wait2?|p?poll|p?select6?|(clock_)?nanosleep|restart_syscall|futex)\b.* = ")


class Watch:
    """The system calls of a running process and its threads, from now on."""

    def __init__(self, process):
        self.file = tempfile.NamedTemporaryFile(prefix="binfmtd-bench.", mode="r")
        self.strace = subprocess.Popen(
            ["strace", "-f", "-o", self.file.name, "-p", str(process)], stderr=subprocess.DEVNULL)
        time.sleep(1)  # What was waiting is interrupted, and waits again.
        self.begun = self.file.read().rpartition("\n")[2]  # The call in which it waits.

    def end(self):
        """How often it was woken, and how many calls it made."""
        lines = (self.begun + self.file.read()).splitlines()
        self.strace.terminate()
        self.strace.wait()
        self.file.close()
        return sum(1 for line in lines if WAITS.search(line)), sum(1 for line in lines if " = " in line)


def until(command, last=None, environment=None):
    """The calls of a command and its children, until one that has the text `last` in it, with descriptors' paths."""
    with tempfile.NamedTemporaryFile(prefix="binfmtd-bench.", mode="r") as file:
        process = subprocess.Popen(
            ["strace", "-f", "-y", "-s", "4096", "-o", file.name, *command],
            env=dict(os.environ, **(environment or {})), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        lines = []
        while process.poll() is None:
            lines += file.readlines()
            if last and any(last in line for line in lines):
                os.kill(int(lines[0].split()[0]), signal.SIGTERM)
                process.wait()
            time.sleep(0.01)
        lines += file.readlines()
    end = next((number for number, line in enumerate(lines) if last and last in line), len(lines) - 1)
    return [line for line in lines[: end + 1] if CALL.match(line)]
