#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# sysext.prepare.sh ROOT
# The scripts' host without binfmtd and without emulators: /srv/extensions has binfmtd as its system extension, and the
# emulators as another.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

Tests/SystemTests/prepare.sh "$root"
systemctl --root="$root" -q disable binfmtd.service foreign.service
make -s uninstall DESTDIR="$root" PREFIX=/usr
rm -r "$root/etc/binfmtd"

images=(dist/binfmtd-*-"$(dpkg --print-architecture)".raw)
[ ${#images[@]} = 1 ] && [ -e "${images[0]}" ] || {
    echo "dist/ has to have one system extension; run make sysext" >&2
    exit 1
}
# A container has no loop device, so the image's content is a directory.
mkdir -p "$root/srv/extensions"
unsquashfs -q -n -d "$root/srv/extensions/binfmtd" "${images[0]}" >/dev/null
emulators=$root/srv/extensions/emulators/usr
mkdir -p "$emulators"/{bin,lib/extension-release.d}
mv "$root"/usr/bin/qemu-*-static "$emulators/bin"
echo ID=_any >"$emulators/lib/extension-release.d/extension-release.emulators"
