# SPDX-License-Identifier: Apache-2.0
"""The three programs that bring declarations to the kernel, each with its own format and its own way of being told."""

import os
import shutil
import subprocess
import tempfile
import time

import host

BINFMT_D = "/usr/lib/binfmt.d"
FOLDERS = (BINFMT_D, "/etc/binfmt.d", "/run/binfmt.d")
UPDATE_BINFMTS = os.path.join(host.BUILD, "bench", "peers", "usr", "sbin", "update-binfmts")


class Way:
    """Entries that are declared for one program, and an entry `x` beside them that is edited over and over."""

    def declare(self, magic, interpreter):
        """Edits the entry, and returns how long after close(2) the kernel had it."""
        file = open(self.file, "w")
        file.write(self.form.format(magic=magic, interpreter=interpreter))
        start = time.perf_counter()
        file.close()
        self.tell()
        expected = (f"interpreter {interpreter}\n", magic.encode().hex() + "\n")
        return host.until(start, lambda: all(text in host.entry("x") for text in expected))

    def tell(self):
        """Runs what has to be run after an edit."""


class Binfmtd(Way):
    name = "binfmtd"
    form = '[entry.x]\nmagic = "{magic}"\ninterpreter = "{interpreter}"\n'

    def __init__(self, strings, prefix=()):
        self.root = host.Root(strings)
        self.file = self.root.write("etc/binfmtd/entries.d/x.toml", "")
        self.prefix = prefix

    def start(self):
        self.daemon = host.Daemon(self.root, self.prefix)
        self.daemon.settle(0.3)

    def tell(self):
        """It finds out by itself; but who does not hear what it says stops it."""
        self.daemon.drain()

    def rest(self):
        self.daemon.settle(0.1)

    def stop(self):
        self.daemon.stop()
        host.flush()

    def remove(self):
        self.root.remove()


class SystemdBinfmt(Way):
    """Without arguments, as its unit runs it: it empties the table first."""

    name = "systemd-binfmt"
    form = ":x:M::{magic}::{interpreter}:\n"
    file = os.path.join(BINFMT_D, "x.conf")

    def __init__(self, strings):
        for folder in FOLDERS:
            if os.path.isdir(folder):  # In this mount namespace only.
                subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True)
        with open(os.path.join(BINFMT_D, "bench.conf"), "w") as file:
            file.writelines(strings)

    def start(self):
        self.tell()

    def rest(self):
        pass

    def tell(self):
        host.run_time([host.SYSTEMD_BINFMT])

    def stop(self):
        host.flush()

    def remove(self):
        for folder in FOLDERS:
            subprocess.run(["umount", folder], check=False, stderr=subprocess.DEVNULL)


class UpdateBinfmts(Way):
    """Debian's binfmt-support, whose database and folder of declarations are of this run."""

    name = "update-binfmts"
    form = "package bench\ninterpreter {interpreter}\nmagic {magic}\n"

    def __init__(self, strings):
        self.path = tempfile.mkdtemp(prefix="binfmtd-bench.")
        self.file = os.path.join(self.path, "import", "x")
        self.forget()
        os.mkdir(os.path.join(self.path, "import"))
        for name, magic, interpreter in map(parts, strings):
            with open(os.path.join(self.path, "import", name), "w") as file:
                file.write(self.form.format(magic=magic, interpreter=interpreter))

    def command(self, *arguments):
        return [
            UPDATE_BINFMTS, "--admindir", os.path.join(self.path, "database"), "--importdir",
            os.path.join(self.path, "import"), *arguments]

    def forget(self):
        """Leaves an empty database."""
        shutil.rmtree(os.path.join(self.path, "database"), ignore_errors=True)
        os.mkdir(os.path.join(self.path, "database"))

    def remember(self, strings):
        """Writes the database as an import does, which takes the square of the entries' number."""
        for name, magic, interpreter in map(parts, strings):
            with open(os.path.join(self.path, "database", name), "w") as file:
                file.write(f"bench\nmagic\n0\n{magic}\n\n{interpreter}\n\n\n\n\n")

    def start(self):
        host.run_time(self.command("--import"))

    def rest(self):
        pass

    def tell(self):
        host.run_time(self.command("--import", "x"))

    def stop(self):
        host.flush()
        self.forget()

    def remove(self):
        shutil.rmtree(self.path)


def parts(string):
    """Name, magic and interpreter of a register string."""
    _, name, _, _, magic, _, interpreter, _ = string.split(":")
    return name, magic, interpreter
