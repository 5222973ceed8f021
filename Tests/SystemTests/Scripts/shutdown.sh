# SPDX-License-Identifier: Apache-2.0
# Report F2: an entry with fix-binary keeps the disk busy on which its interpreter is. The entry stays when the service stops or
# restarts; at shutdown it is released before the disk is unmounted.
. ./functions.sh

is_down() { [ "$(property ActiveState)" != active ]; }

cp /usr/bin/qemu-aarch64-static /srv/disk/emulator
declare_held disk /srv/disk/emulator
within 5 test -e $registry/disk
systemctl stop srv-disk.mount 2>/dev/null || echo "the disk is busy"

echo "== A restart, a reload, a crash, a reload of systemd, and a stop"
systemctl restart binfmtd
names
systemctl reload binfmtd
names
kill -KILL "$(property MainPID)"
within 5 is_down
systemctl restart binfmtd
names
systemctl daemon-reload
names
systemctl stop binfmtd
names
property ActiveState binfmtd-release
systemctl start binfmtd
