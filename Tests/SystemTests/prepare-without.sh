#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# prepare-without.sh ROOT PATTERN TARGET
# Turns ROOT into the scripts' host without binfmtd. Prints the one file that PATTERN matches, which `make TARGET` makes.
set -eu
root=$1 pattern=$2 target=$3
cd "$(dirname "$0")/../.."

{
    Tests/SystemTests/prepare.sh "$root"
    systemctl --root="$root" -q disable binfmtd.service foreign.service
    make -s uninstall DESTDIR="$root" PREFIX=/usr
    rm -r "$root/etc/binfmtd"
    journalctl --root="$root" --update-catalog
} >&2

files=($pattern)
[ ${#files[@]} = 1 ] && [ -e "${files[0]}" ] || {
    echo "One file must match $pattern; run make $target" >&2
    exit 1
}
echo "${files[0]}"
