#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the console blocks of docs/kernel.md and prints a patch where the kernel answers otherwise.

Each block runs in a user namespace of its own, with an empty table. It needs no privilege, but inotifywait, strace,
python3, cc and findmnt. With --update the page is rewritten.
"""
import difflib
import pathlib
import re
import shlex
import subprocess
import sys

PAGE = pathlib.Path(__file__).parent.parent / "docs/kernel.md"
SETUP = """mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && mount -t tmpfs none /mnt &&
    cd /proc/sys/fs/binfmt_misc && printf 'x\\0' >/mnt/file.x && chmod +x /mnt/file.x || exit
trap 'kill $(jobs -p) 2>/dev/null' EXIT
exec 2>&1
"""


def run(block):
    """Runs the commands of a block and returns the block with what they print."""
    script = SETUP
    # A command is a line that begins with "$ " and the lines after it that begin with "> ".
    for prompt in re.findall(r"^\$ .*(?:\n> .*)*", block, re.MULTILINE):
        command = "\n".join(line[2:] for line in prompt.split("\n"))
        script += f"printf '%s\\n' {shlex.quote(prompt)}\n{command}\n"
    printed = subprocess.run(
        ["unshare", "-Urm", "bash", "-c", script, "bash"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    # An interactive shell does not name the line.
    text = re.sub(r"^bash: line \d+: ", "bash: ", printed.stdout, flags=re.MULTILINE)
    return text.translate({0x2018: "'", 0x2019: "'"})


old = PAGE.read_text()
new = re.sub(r"(?<=```console\n)(.*?)(?=```\n)", lambda block: run(block[0]), old, flags=re.DOTALL)
if "--update" in sys.argv:
    PAGE.write_text(new)
patch = difflib.unified_diff(old.splitlines(True), new.splitlines(True), "a/docs/kernel.md", "b/docs/kernel.md")
sys.stdout.writelines(patch)
sys.exit(old != new)
