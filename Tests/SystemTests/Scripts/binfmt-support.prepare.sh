#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A host that also has Debian's binfmt-support, with the declarations of Debian's packages of emulators and of Java.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

Tests/SystemTests/prepare.sh "$root"
unpacked=.build/test/binfmt-support/amd64
install -t "$root/usr/sbin" "$unpacked"/usr/sbin/update-binfmts
cp -P "$unpacked"/usr/lib/*/libpipeline.so.* "$root/usr/lib"
install -m 644 -t "$root/usr/lib/systemd/system" "$unpacked"/lib/systemd/system/binfmt-support.service
mkdir -p "$root/var/lib/binfmts" "$root/usr/share/binfmts"
rm -rf "$root"/usr/share/binfmts/*
cat >"$root/usr/share/binfmts/qemu-aarch64" <<'FORMAT'
package qemu-user-static
interpreter /usr/bin/qemu-aarch64-static
magic \x7f\x45\x4c\x46\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00
mask \xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff
credentials yes
fix_binary yes
FORMAT
cat >"$root/usr/share/binfmts/jar" <<'FORMAT'
package openjdk-17-jre-headless
interpreter /usr/bin/cat
magic PK\x03\x04
FORMAT
systemctl --root="$root" -q enable binfmt-support.service
