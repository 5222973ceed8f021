#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# fetch-layer.sh DIR SUITE ROOT PACKAGE...
# Unpacks packages into DIR, with all that they depend on and ROOT, a system of SUITE, does not have: DIR is a layer for
# ROOT. Nothing is installed, so that no service starts and no script runs.
set -eu
dir=$1 suite=$2 root=$(realpath "$3")
shift 3
here=$(dirname "$(realpath "$0")")
rm -rf "$dir" "$dir.new"
state=$dir.new/.apt
apt() { "$here/private-apt.sh" "$state" "$suite" "$(dpkg --print-architecture)" "$@"; }
mkdir -p "$dir.new"
apt update
apt -o Dir::State::status="$root/var/lib/dpkg/status" --no-install-recommends --yes --download-only install "$@"
for package in "$state"/cache/archives/*.deb; do dpkg -x "$package" "$dir.new"; done
rm -rf "$state" "$dir.new"/usr/share/{doc,locale,man}
mv "$dir.new" "$dir"
