# SPDX-License-Identifier: Apache-2.0
"""Boots systemd in a container, runs booted.py there, and keeps its output for bench.py.

Run as a program it needs root, outside of the namespace that the rest runs in.
"""

import os
import shutil
import subprocess
import sys
import tempfile

import host

KEPT = os.path.join(host.BUILD, "bench", "booted.md")
BOOT = os.path.join(host.HERE, "..", "Tests", "SystemTests", "boot-nspawn.sh")


def tables():
    with open(KEPT) as file:
        return file.read()


def main():
    os.makedirs(os.path.dirname(KEPT), exist_ok=True)
    results = tempfile.mkdtemp(prefix="binfmtd-bench.")
    with open(os.path.join(results, "script.sh"), "w") as file:
        file.write(f"exec {sys.executable} /bench/booted.py {os.environ.get('IDLE_SECONDS', '60')} >tables\n")
    booted = subprocess.run(
        [BOOT, results, os.path.join(host.HERE, "prepare.sh"), f"--bind-ro={host.HERE}:/bench", *programs()],
        env=dict(os.environ, BOOT_TIMEOUT="300"), capture_output=True, text=True)
    print(read(results, "output") or booted.stderr + read(results, "console"), file=sys.stderr)
    with open(KEPT, "w") as file:
        file.write(read(results, "tables") if read(results, "status").strip() == "0" else
                   f"## In a booted system\n\nThis part was skipped. {booted.stderr.strip()}\n")
    shutil.rmtree(results)


def programs():
    """From disk: the rest of the system is on memory, whose pages would count as the processes' own."""
    peers = os.path.join(host.BUILD, "bench", "peers")
    files = {"/usr/sbin/binfmtd": host.program("binfmtd"), "/usr/sbin/cron": peers + "/usr/sbin/cron",
             "/usr/bin/udevadm": peers + "/bin/udevadm"}  # It is systemd-udevd, too.
    return [f"--bind-ro={os.path.realpath(file)}:{path}" for path, file in files.items()]


def read(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return ""
    with open(path, errors="replace") as file:
        return file.read()


if __name__ == "__main__":
    main()
