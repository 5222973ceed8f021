#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# package.prepare.sh ROOT
# The scripts' host without binfmtd; /srv has binfmtd packages, each of a higher version than the one before.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

Tests/SystemTests/prepare.sh "$root"
systemctl --root="$root" -q disable binfmtd.service foreign.service
make -s uninstall DESTDIR="$root" PREFIX=/usr
rm -r "$root/etc/binfmtd"
journalctl --root="$root" --update-catalog
# If this machine is a container itself, its packages may not start services.
rm -f "$root/usr/sbin/policy-rc.d"

packages=(dist/binfmtd_*_"$(dpkg --print-architecture)".deb)
[ ${#packages[@]} = 1 ] && [ -e "${packages[0]}" ] || {
    echo "dist/ has to have one package; run make deb" >&2
    exit 1
}
dpkg-deb -R "${packages[0]}" "$root/srv/package"
for upgrade in 0 1 2 3; do
    sed -i "s/^\(Version: [^+]*\).*/\1+$upgrade/" "$root/srv/package/DEBIAN/control"
    dpkg-deb -Znone --root-owner-group -b "$root/srv/package" "$root/srv/$upgrade.deb" >"$root/srv/$upgrade.log"
done
rm -r "$root/srv/package"
