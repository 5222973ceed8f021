#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# package.prepare.sh ROOT
# The scripts' host without binfmtd; /srv has binfmtd packages, each of a higher version than the one before.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

package=$(Tests/SystemTests/prepare-without.sh "$root" "dist/binfmtd_*_$(dpkg --print-architecture).deb" deb)
# If this machine is a container itself, its packages may not start services.
rm -f "$root/usr/sbin/policy-rc.d"

dpkg-deb -R "$package" "$root/srv/package"
for upgrade in 0 1 2 3; do
    sed -i "s/^\(Version: [^+]*\).*/\1+$upgrade/" "$root/srv/package/DEBIAN/control"
    dpkg-deb -Znone --root-owner-group -b "$root/srv/package" "$root/srv/$upgrade.deb" >"$root/srv/$upgrade.log"
done
rm -r "$root/srv/package"
