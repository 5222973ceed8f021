#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A host with Docker, as Debian's packages set it up, and with binfmtd installed, but not yet enabled. /srv has the roots
# of two images, and a newer package of the emulators.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

Tests/SystemTests/prepare.sh "$root"
systemctl --root="$root" -q disable binfmtd.service foreign.service

# This machine's own Docker must not take part.
rm -rf "$root"/usr/local/bin/docker "$root"/usr/local/sbin/docker* "$root"/etc/docker "$root"/var/lib/{docker,containerd}
unpacked=.build/test/docker/amd64
install -t "$root/usr/bin" "$unpacked"/usr/bin/{docker,containerd,containerd-shim-runc-v2}
install -t "$root/usr/sbin" "$unpacked"/usr/sbin/{dockerd,runc}
install -m 644 -t "$root/usr/lib/systemd/system" "$unpacked"/lib/systemd/system/{containerd.service,docker.service,docker.socket}
systemd-sysusers --root="$root" --inline 'g docker -' 2>/dev/null
# In a container there is no file system for layers, and no firewall.
install -D -m 644 /dev/stdin "$root/etc/docker/daemon.json" <<'JSON'
{ "storage-driver": "vfs", "iptables": false, "bridge": "none" }
JSON
systemctl --root="$root" -q enable docker.socket docker.service

for arch in arm64 amd64; do
    mkdir -p "$root/srv/$arch/bin"
    install .build/test/foreign/$arch/bin/busybox "$root/srv/$arch/bin"
    for applet in find mount sh uname; do ln -sf busybox "$root/srv/$arch/bin/$applet"; done
done

# One emulator that is used here; the one of the newer package prints that it is newer.
rm "$root/usr/bin/qemu-s390x-static"
new=$root/srv/qemu-user-static
install -d "$new/DEBIAN" "$new/usr/bin"
sed 's/qemu-aarch64 version/qemu-aarch64 RENEWED/' "$root/usr/bin/qemu-aarch64-static" >"$new/usr/bin/qemu-aarch64-static"
chmod 755 "$new/usr/bin/qemu-aarch64-static"
cat >"$new/DEBIAN/control" <<CONTROL
Package: qemu-user-static
Version: 1:99
Architecture: $(dpkg --print-architecture)
Multi-Arch: foreign
Maintainer: nobody <nobody@localhost>
Description: QEMU's emulator of AArch64, renewed
CONTROL
dpkg-deb -Znone --root-owner-group -b "$new" "$new.deb" >"$new.log"
rm -r "$new"
