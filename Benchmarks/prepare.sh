#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# prepare.sh ROOT
# Makes ROOT, an overlay of this machine's /, a host with binfmtd and the daemons that it is measured beside.
set -eu
root=$1
cd "$(dirname "$(realpath "$0")")/.."

make -s install DESTDIR="$root" PREFIX=/usr
rm -f "$root"/etc/binfmt.d/* "$root"/etc/binfmtd/entries.d/*
tar -C .build/bench/peers -c . | tar -C "$root" -x --keep-directory-symlink
mkdir -p "$root/var/spool/cron/crontabs" "$root/etc/systemd/system/systemd-udevd.service.d"
# In a container /sys is read-only, and there are no devices to manage; how it idles is the same.
printf '[Unit]\nConditionPathIsReadWrite=\n' >"$root/etc/systemd/system/systemd-udevd.service.d/bench.conf"
systemctl --root="$root" -q preset binfmtd.service
