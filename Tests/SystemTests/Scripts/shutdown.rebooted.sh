# SPDX-License-Identifier: Apache-2.0
# Nor does it need the daemon to be running then.
. ./functions.sh

echo "== Rebooted, and the daemon stopped before the shutdown"
cp /usr/bin/qemu-aarch64-static /srv/disk/new
mv /srv/disk/new /srv/disk/emulator
within 5 test -e $registry/disk
systemctl stop binfmtd
names
