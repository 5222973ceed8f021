#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# fetch-kernel.sh DIR MINIMUM ROOT
# Unpacks into DIR the newest kernel for virtual machines that Debian has outside its releases, in experimental or in
# sid: boot/vmlinuz and the modules that binfmt_misc needs, as a layer over ROOT, which make-root.sh made. Fails if
# no such kernel has at least the version MINIMUM.
set -eu -o pipefail
apt() { "$here/private-apt.sh" "$new/apt" "experimental sid" amd64 "$@"; }
here=$(dirname "$(realpath "$0")")
dir=$(realpath -m "$1") minimum=$2 root=$(realpath "$3")
new=$dir.new

rm -rf "$dir" "$new"
mkdir -p "$new/apt/packages"
version=$("$here/newest-version.sh" "$new/apt" linux-image-cloud-amd64 "$minimum")
# The metapackage depends on the image, and that on the kernel and its modules, each of the same version.
depends() { apt show "$1=$version" | sed -n 's/^Depends: //p' | grep -oE "$2" | sort -u; }
image=$(depends linux-image-cloud-amd64 'linux-image-[0-9][^ ]*')
cd "$new/apt/packages"
apt download $(depends "$image" 'linux-(binary|modules)-[0-9][^ ]*' | sed "s/\$/=$version/")
for package in *.deb; do dpkg -x "$package" "$new/apt/files"; done
cd "$new/apt/files"
modules=$(echo ./usr/lib/modules/*)
release=${modules##*/}
mkdir -p "$new/boot" "$new/usr/lib/modules/$release"
cp "$(find . -name 'vmlinuz*' -type f)" "$new/boot/vmlinuz"
find "$modules" \( -name 'binfmt_misc.ko*' -o -name 'autofs4.ko*' \) -exec cp -t "$new/usr/lib/modules/$release" {} +
cd "$new"
rm -rf apt
ln -s usr/lib lib
# The package has no list of what is built in.
unshare --mount sh -c 'mount --bind "$1" "$2/mnt" && chroot "$2" depmod -b /mnt "$3" 2>/dev/null' sh "$new" "$root" "$release"
rm lib
mv "$new" "$dir"
