#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A host with a container's system in /srv/guest, which also has binfmtd; its /usr is the host's.
set -eu
root=$1
"$(dirname "$(realpath "$0")")/../prepare.sh" "$root"

guest=$root/srv/guest
mkdir -p "$guest"/{dev,proc,root,run,srv,sys,tmp,usr,var}
for folder in bin lib lib32 lib64 libx32 sbin; do [ ! -L "$root/$folder" ] || ln -s "usr/$folder" "$guest/$folder"; done
cp -a "$root/etc" "$guest/etc"
rm "$guest/etc/systemd/system/test-script.service"
cp --remove-destination "$root/usr/lib/os-release" "$guest/etc/os-release"
echo abcdef0123456789abcdef0123456789 >"$guest/etc/machine-id"
cp -a "$root/srv/arm64" "$guest/srv"

# It declares other entries than the host.
mkdir -p "$guest/etc/binfmt.d"
ln -s /dev/null "$guest/etc/binfmt.d/sample.conf"
printf '[entry.guest]\nextension = "guest"\ninterpreter = "/usr/bin/cat"\n' >"$guest/etc/binfmtd/entries.d/guest.toml"
