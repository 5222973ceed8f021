# SPDX-License-Identifier: Apache-2.0
"""The times of binfmtctl's commands, compared with the closest commands of other programs."""

import host
from report import Table, ratio, spread
from ways import SystemdBinfmt, UpdateBinfmts


def measure(pairs):
    table = Table("binfmtctl, ms", "command", "entries", "binfmtctl", "update-binfmts --display", "ratio",
                  "systemd-binfmt --cat-config", "ratio")
    for count in (34, 10000):
        strings = host.made_up_strings(count)
        root = host.Root(strings)
        systemd, debian = SystemdBinfmt(strings), UpdateBinfmts(strings)
        debian.remember(strings)
        host.Daemon(root).stop()
        for command in ("status", "plan", "check"):
            ours, display, cat = [], [], []
            for _ in range(pairs):
                # Its exit status is not 0 if something differs from the declarations.
                ours.append(host.run_time([host.program("binfmtctl"), command, "--root", root.path], check=False))
                display.append(host.run_time(debian.command("--display")))
                cat.append(host.run_time([host.SYSTEMD_BINFMT, "--cat-config"]))
            table.add(command, f"{count:,}", spread(ours), spread(display), ratio(ours, display), spread(cat),
                      ratio(ours, cat))
        host.flush()
        for made in (root, systemd, debian):
            made.remove()
    return table
