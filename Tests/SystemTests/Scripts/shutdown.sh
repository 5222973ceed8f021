# SPDX-License-Identifier: Apache-2.0
# An entry with fix-binary holds the disk on which its interpreter is. A stop leaves it so; when the system goes down it
# is released, before the disk is unmounted.
. ./functions.sh

cp /usr/bin/qemu-aarch64-static /srv/disk/emulator
declare_held disk /srv/disk/emulator
within 5 test -e $registry/disk
systemctl stop srv-disk.mount 2>/dev/null || echo "the disk is held"

echo "== A restart, and a stop"
systemctl restart binfmtd
names
systemctl stop binfmtd
names
systemctl start binfmtd
