#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# private-apt.sh DIR SUITE ARCH COMMAND [ARGUMENT...]
# Runs apt-get COMMAND, or apt-cache's `depends`, for any SUITE and ARCH of the archive that this machine's own apt uses,
# with a separate apt state in DIR: no foreign architecture is added to dpkg, and nothing is installed.
set -eu
apt=$(mkdir -p "$1" && realpath "$1") suite=$2 arch=$3
shift 3
uri=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' |
    awk -v here="$(. /etc/os-release && echo "$VERSION_CODENAME")" '$2 == here { print $1; exit }')
mkdir -p "$apt"/state/lists/partial "$apt"/cache/archives/partial
: >"$apt/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main" >"$apt/sources.list"
options=(-o Dir::State="$apt/state" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache"
    -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferencesparts=/dev/null -o APT::Architecture="$arch" -o APT::Architectures="$arch"
    -o Acquire::Languages=none -o APT::Sandbox::User=root)
# A copy of the archive may keep a sid for longer than its Release file is valid.
[ "$suite" != sid ] || options+=(-o Acquire::Check-Valid-Until=false)
case $1 in
depends) exec apt-cache "${options[@]}" "$@" ;;
*) exec apt-get -qq "${options[@]}" "$@" ;;
esac
