#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A host with a disk besides the root's. Its systemd-binfmt does nothing, because binfmt.d has no files. A unit that
# runs when the disk is unmounted, like systemd-cryptsetup@.service, records which entries hold a file system then.
set -eu
root=$1
"$(dirname "$(realpath "$0")")/../prepare.sh" "$root"
rm "$root/usr/lib/binfmt.d/sample.conf"
cat >"$root/etc/systemd/system/srv-disk.mount" <<UNIT
[Mount]
What=disk
Where=/srv/disk
Type=tmpfs
Options=mode=755
[Install]
WantedBy=local-fs.target
UNIT
cat >"$root/etc/systemd/system/below.service" <<UNIT
[Unit]
DefaultDependencies=no
Conflicts=umount.target
Before=srv-disk.mount
After=proc-sys-fs-binfmt_misc.mount
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/true
ExecStop=/bin/sh -c 'ls /proc/sys/fs/binfmt_misc | paste -s -d " "'
[Install]
WantedBy=local-fs.target
UNIT
systemctl --root="$root" -q enable srv-disk.mount below.service
