#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# examples.prepare.sh ROOT
# A Debian that has just got its own emulators, with the files that the examples name. binfmtd is installed as the first
# example of the README says, but as files only, and /srv has the tarball that another one unpacks.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

awk '/^```sh$/ { inside = 1; next } /^```$/ { if (inside) exit } inside' README.md >"$root/srv/install"
# It has been built for this test.
DESTDIR=$root SWIFT=true MAKEFLAGS=-s bash -e "$root/srv/install" >"$root/srv/install.log" 2>&1 ||
    { cat "$root/srv/install.log" >&2 && exit 1; }
journalctl --root="$root" --update-catalog

for architecture in arm64 s390x; do
    install ".build/test/foreign/$architecture/bin/busybox" "$root/srv/busybox-$architecture"
done
install -D "$root/srv/busybox-arm64" "$root/srv/arm64/bin/busybox"
ln -s busybox "$root/srv/arm64/bin/sh"

# What an ordinary host has and this small one lacks.
cp /usr/bin/xz /usr/bin/less "$root/usr/bin"
cp -r docs/guides "$root/srv"
cp dist/binfmtd-*-"$(dpkg --print-architecture)".tar.xz "$root/srv"
