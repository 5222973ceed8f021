#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make-root.sh DIR SUITE
# Creates in DIR a small Debian SUITE with systemd and a kernel, from the archive that this machine's own apt uses.
set -eu -o pipefail
dir=$1 suite=$2
uri=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' | awk '$2 == "bookworm" { print $1; exit }')

rm -rf "$dir" "$dir.new"
mmdebstrap --quiet --variant=essential --include=systemd-sysv,dbus,kmod \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --customize-hook="$(dirname "$(realpath "$0")")/add-kernel.sh" "$suite" "$dir.new" "$uri"
# Later packages keep all their files.
rm "$dir.new/etc/dpkg/dpkg.cfg.d/99mmdebstrap"
mv "$dir.new" "$dir"
