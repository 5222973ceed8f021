#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# sysext.prepare.sh ROOT
# The scripts' host without binfmtd and without emulators: /srv/extensions has binfmtd as its system extension, and the
# emulators as another.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

image=$(Tests/SystemTests/prepare-without.sh "$root" "dist/binfmtd-*-$(dpkg --print-architecture).raw" sysext)
# A container has no loop device, so the image's content is a directory here; see sysext-image.sh.
mkdir -p "$root/srv/extensions"
unsquashfs -q -n -d "$root/srv/extensions/binfmtd" "$image" >/dev/null
emulators=$root/srv/extensions/emulators/usr
mkdir -p "$emulators"/{bin,lib/extension-release.d}
mv "$root"/usr/bin/qemu-*-static "$emulators/bin"
echo ID=_any >"$emulators/lib/extension-release.d/extension-release.emulators"
