#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tarball.prepare.sh ROOT
# The scripts' host without binfmtd; /srv has the tarball.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

architecture=$(dpkg --print-architecture)
tarball=$(Tests/SystemTests/prepare-without.sh "$root" "dist/binfmtd-*-linux-$architecture.tar.xz" tarball)
xz -dc "$tarball" >"$root/srv/binfmtd.tar"
