#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# sysext.sh IMAGE ARCH EPOCH
# Makes a system extension of the result of `make build`, for every distribution. The same files give the same bytes.
set -eu
image=$(mkdir -p "$(dirname "$1")" && realpath "$1") arch=$2 epoch=$3
cd "$(dirname "$0")/.."
tree=$PWD/.build/sysext/$arch
case $arch in
amd64) architecture=x86-64 ;;
*) architecture=$arch ;;
esac

rm -rf "$tree"
make -s install ARCH="$arch" DESTDIR="$tree" PREFIX=/usr SYSCONFDIR=/usr/share/doc/binfmtd/etc
# An extension has no /etc, where `systemctl preset` would put links: the targets of this host name the service.
mv "$tree/usr/share/doc/binfmtd/etc/binfmtd/binfmtd.toml" "$tree/usr/share/doc/binfmtd"
rm -r "$tree/usr/share/doc/binfmtd/etc" "$tree/usr/lib/systemd/system-preset"
install -D -m 644 /dev/stdin "$tree/usr/lib/systemd/system/multi-user.target.d/50-binfmtd.conf" <<'UNIT'
# SPDX-License-Identifier: Apache-2.0
# A unit that appears while the system runs is started by Upholds= alone. To prevent it: systemctl mask binfmtd
[Unit]
Upholds=binfmtd.service
UNIT
install -D -m 644 /dev/stdin "$tree/usr/lib/extension-release.d/extension-release.binfmtd" <<RELEASE
ID=_any
ARCHITECTURE=$architecture
EXTENSION_RELOAD_MANAGER=1
RELEASE

rm -f "$image"
mksquashfs "$tree" "$image" -quiet -no-progress -all-root -no-xattrs -comp zstd -mkfs-time "$epoch" -all-time "$epoch"
