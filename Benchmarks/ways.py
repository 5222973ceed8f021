# SPDX-License-Identifier: Apache-2.0
"""The three programs that register declared entries, each with its own format and its own trigger."""

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
    """Entries that are declared for one program, and an entry `x` that is edited repeatedly."""

    def declare(self, magic, interpreter):
        """Edits the entry, and returns the time from close(2) until the kernel had it."""
        file = open(self.file, "w")
        file.write(self.form.format(magic=magic, interpreter=interpreter))
        start = time.perf_counter()
        file.close()
        self.tell()
        expected = (f"interpreter {interpreter}\n", magic.encode().hex() + "\n")
        return host.until(start, lambda: all(text in host.entry("x") for text in expected))

    def tell(self):
        """Runs the command that is needed after an edit."""


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
        """Needs no command, but reads its notifications, because the daemon would block otherwise."""
        self.daemon.drain()

    def rest(self):
        self.daemon.settle(0.1)

    def stop(self):
        self.daemon.stop()
        host.flush()

    def remove(self):
        self.root.remove()


class SystemdBinfmt(Way):
    """Runs without arguments, as its unit does, and so empties the table first."""

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
    """Debian's binfmt-support, with a database and a directory of declarations for this run."""

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
        """Writes the database directly, because an import takes the square of the number of entries."""
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
