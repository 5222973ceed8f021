#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# fetch-foreign.sh DIR SUITE PACKAGE ARCH...
# Unpacks PACKAGE of each ARCH, foreign or not, into DIR/ARCH, without installing it.
set -eu
apt() { "$here/private-apt.sh" "$state" "$suite" "$arch" "$@"; }
here=$(dirname "$(realpath "$0")")
dir=$(mkdir -p "$1" && realpath "$1") suite=$2 package=$3
shift 3
for arch in "$@"; do
    state=$dir/.apt-$suite-$arch
    apt update
    (cd "$state" && apt download "$package" && dpkg -x ./*.deb "$dir/$arch")
    rm -rf "$state"
done
