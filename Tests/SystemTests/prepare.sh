#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# prepare.sh ROOT
# Turns ROOT, an overlay of this machine's /, into the host that the scripts expect: binfmtd installed as by its
# package, few emulators, and nothing else that declares entries.
set -eu
root=$1
here=$(dirname "$(realpath "$0")")
cd "$here/../.."

make -s install DESTDIR="$root" PREFIX=/usr
journalctl --root="$root" --update-catalog
rm -rf "$root"/etc/binfmt.d "$root"/usr/lib/binfmt.d "$root"/etc/binfmtd/entries.d/*
for emulator in qemu-{aarch64,s390x,i386}-static; do
    [ -e "$root/usr/bin/$emulator" ] || cp "/usr/bin/$emulator" "$root/usr/bin"
done
find "$root/usr/bin" "$root/usr/libexec/qemu-binfmt" -name 'qemu-*' ! -name qemu-aarch64-static \
    ! -name qemu-s390x-static ! -name qemu-i386-static -delete 2>/dev/null || :
cp -a "$here/Root/." "$root"

# A system of another architecture, without an emulator.
install -D -m 755 .build/test/foreign/arm64/bin/busybox "$root/srv/arm64/bin/busybox"

systemctl --root="$root" -q preset binfmtd.service binfmtd-apply.service binfmtd-varlink.socket
systemctl --root="$root" -q enable foreign.service
