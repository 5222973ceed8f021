#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tarball.prepare.sh ROOT
# The scripts' host without binfmtd; /srv has the tarball.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

Tests/SystemTests/prepare.sh "$root"
systemctl --root="$root" -q disable binfmtd.service foreign.service
make -s uninstall DESTDIR="$root" PREFIX=/usr
rm -r "$root/etc/binfmtd"
journalctl --root="$root" --update-catalog

tarballs=(dist/binfmtd-*-linux-"$(dpkg --print-architecture)".tar.xz)
[ ${#tarballs[@]} = 1 ] && [ -e "${tarballs[0]}" ] || {
    echo "dist/ has to have one tarball; run make tarball" >&2
    exit 1
}
xz -dc "${tarballs[0]}" >"$root/srv/binfmtd.tar"
