#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# prepare.sh ROOT
# Turns ROOT, an overlay of this machine's /, into a host with binfmtd and the daemons that it is compared with.
set -eu
root=$1
cd "$(dirname "$(realpath "$0")")/.."

make -s install DESTDIR="$root" PREFIX=/usr
rm -f "$root"/etc/binfmt.d/* "$root"/etc/binfmtd/entries.d/*
tar -C .build/bench/peers -c . | tar -C "$root" -x --keep-directory-symlink
mkdir -p "$root/var/spool/cron/crontabs" "$root/etc/systemd/system/systemd-udevd.service.d"
# In a container /sys is read-only, and there are no devices to manage; the daemon idles the same way.
printf '[Unit]\nConditionPathIsReadWrite=\n' >"$root/etc/systemd/system/systemd-udevd.service.d/bench.conf"
systemctl --root="$root" -q preset binfmtd.service
