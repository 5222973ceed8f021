#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make-root.sh DIR SUITE [ARCH]
# Creates in DIR a small Debian SUITE with systemd and a kernel, from the archive that this machine's own apt uses. The
# packages of another architecture are unpacked and not configured, so that none of its programs runs. Its environment may
# have:
# KERNEL=no: the system has no kernel
# MODULES: more modules of the kernel, as bridge.ko, separated by spaces
# PACKAGES: more packages, separated by commas
set -eu -o pipefail
dir=$1 suite=$2 arch=${3:-$(dpkg --print-architecture)}
here=$(dirname "$(realpath "$0")")
uri=$("$here/archive-uri.sh")

if [ "$arch" = "$(dpkg --print-architecture)" ]; then
    options=(--variant=essential --include="systemd-sysv,dbus,kmod${PACKAGES:+,$PACKAGES}")
    [ "${KERNEL:-}" = no ] || options+=(--customize-hook="$here/add-kernel.sh")
else
    # What an essential variant has, as far as systemd and the tests' scripts need it.
    options=(--variant=extract --architectures="$arch"
        --include=base-files,base-passwd,bash,coreutils,util-linux,mount,findutils,grep,sed,gawk,hostname,procps,tar,libc-bin
        --include=systemd-sysv,dbus,kmod
        --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr --extract-hook="$here/add-kernel.sh")
fi
# A copy of the archive may keep these for longer than their Release files are valid.
case $suite in sid | bullseye) options+=(--aptopt='Acquire::Check-Valid-Until "false"') ;; esac
rm -rf "$dir" "$dir.new"
mmdebstrap --quiet "${options[@]}" --aptopt='Acquire::Languages "none"' \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' "$suite" "$dir.new" "$uri"
if [ "$arch" = "$(dpkg --print-architecture)" ]; then
    # Later packages keep all their files.
    rm "$dir.new/etc/dpkg/dpkg.cfg.d/99mmdebstrap"
else
    # What the packages' scripts would have done.
    ln -sfn bash "$dir.new/bin/sh"
    ln -sfn gawk "$dir.new/usr/bin/awk"
    for table in passwd group; do cp "$dir.new/usr/share/base-passwd/$table.master" "$dir.new/etc/$table"; done
    systemd-sysusers --root="$dir.new"
    rm -rf "$dir.new"/usr/share/{doc,man,locale}
fi
mv "$dir.new" "$dir"
