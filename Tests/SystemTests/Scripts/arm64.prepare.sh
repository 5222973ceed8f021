#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# arm64.prepare.sh ROOT
# An arm64 host with emulators and, in /srv, programs of other architectures, and with an entry for Rosetta, whose file
# does not exist yet.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

make -s install ARCH=arm64 DESTDIR="$root" PREFIX=/usr
journalctl --root="$root" --update-catalog
for target in arm i386 riscv64 s390x x86_64; do
    install ".build/test/emulators/bookworm/arm64/usr/bin/qemu-$target-static" "$root/usr/bin"
done
for architecture in amd64 armhf i386 s390x; do
    install -D ".build/test/foreign/$architecture/bin/busybox" "$root/srv/$architecture/busybox"
done
install -D .build/test/foreign/riscv64/usr/bin/busybox "$root/srv/riscv64/busybox"
printf '[entry.rosetta]\npreset = "rosetta"\n' >"$root/etc/binfmtd/entries.d/rosetta.toml"
systemctl --root="$root" -q preset binfmtd.service
