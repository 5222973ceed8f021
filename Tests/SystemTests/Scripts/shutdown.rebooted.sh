# SPDX-License-Identifier: Apache-2.0
# The release does not need a running daemon, either.
. ./functions.sh

echo "== Rebooted, and the daemon stopped before the shutdown"
cp /usr/bin/qemu-aarch64-static /srv/disk/new
mv /srv/disk/new /srv/disk/emulator
within 5 test -e $registry/disk
systemctl stop binfmtd
names
