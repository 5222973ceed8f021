#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A host with Docker, without binfmtd and without an emulator. /srv has the image, and the roots of three more.
set -eu
root=$1
here=$(dirname "$(realpath "$0")")
"$here/docker.prepare.sh" "$root"
cd "$here/../../.."

make -s uninstall DESTDIR="$root" PREFIX=/usr
rm -rf "$root"/usr/bin/qemu-* "$root"/usr/libexec/qemu-binfmt "$root"/srv/qemu-user-static*
cp dist/binfmtd-*-image.tar "$root/srv/image.tar"
install -D .build/test/foreign/s390x/bin/busybox "$root/srv/s390x/bin/busybox"
ln -s busybox "$root/srv/s390x/bin/uname"
