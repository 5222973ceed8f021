#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# linked-packages.sh ARCH
# Prints what the programs of `make build ARCH=...` were linked with, as lines "PACKAGE VERSION".
set -eu -o pipefail
cd "$(dirname "$0")/.."
changelog_version() { dpkg-parsechangelog -l "$1" -S Version; }

if [ "$1" = "$(dpkg --print-architecture)" ]; then
    echo "swift $(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p')"
    dpkg-query -W -f '${Package} ${Version}\n' libc6-dev "libstdc++-$(gcc -dumpversion)-dev" |
        sed 's/^\(libstdc++\)-[0-9]*-dev /\1-dev /'
    echo "libsystemd-dev $(changelog_version ".build/libsystemd/$1/usr/share/doc/libsystemd-dev/changelog.Debian.gz")"
else
    cat ".build/cross/$1/packages"
fi
python3 - <<'PYTHON'
import json
with open("Package.resolved") as file:
    for pin in json.load(file)["pins"]:
        print(pin["identity"], pin["state"]["version"])
PYTHON
emulators=.build/test/emulators/trixie/$1/usr/share/doc/qemu-user/changelog.Debian.gz
[ ! -e $emulators ] || echo "qemu-user $(changelog_version $emulators)"
