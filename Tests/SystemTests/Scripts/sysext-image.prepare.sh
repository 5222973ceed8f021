#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# sysext-image.prepare.sh ROOT
# The scripts' host without binfmtd: /srv has it as the image of a system extension.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

cp "$(Tests/SystemTests/prepare-without.sh "$root" "dist/binfmtd-*-$(dpkg --print-architecture).raw" sysext)" "$root/srv/binfmtd.raw"
