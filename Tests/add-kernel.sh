#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# add-kernel.sh ROOT
# Called by mmdebstrap: adds Debian's kernel for virtual machines as ROOT/boot/vmlinuz, with those of its modules that
# binfmt_misc and the images of system extensions need, and those that $MODULES names.
set -eu -o pipefail
export APT_CONFIG=$MMDEBSTRAP_APT_CONFIG
eval "$(apt-config shell arch APT::Architecture)"
mkdir "$1/kernel"
cd "$1/kernel"
apt-get -qq -o APT::Sandbox::User=root download "$(apt-cache depends "linux-image-cloud-$arch" | sed -n 's/.*Depends: //p')"
dpkg -x ./*.deb .
mv boot/vmlinuz-* "$1/boot/vmlinuz"
# Below /usr since Debian 13.
modules=$(find . -name modules.builtin -printf %h)
release=${modules##*/}
mkdir -p "$1/usr/lib/modules/$release"
for name in binfmt_misc.ko autofs4.ko overlay.ko loop.ko squashfs.ko ${MODULES:-} modules.builtin modules.order; do
    find "$modules" -name "$name*" -exec cp -t "$1/usr/lib/modules/$release" {} +
done
depmod -b "$1" "$release"
rm -r "$1/kernel"
