#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# private-apt.sh DIR SUITES ARCH COMMAND [ARGUMENT...]
# Runs a command of apt-get, or apt-cache's `depends`, `madison` or `show`, for any ARCH and any SUITES, in one argument,
# of the archive that this machine's own apt uses, with a separate apt state in DIR: no foreign architecture is added to
# dpkg, and nothing is installed. With TYPE=deb-src in the environment the suites are those of source packages.
set -eu
uri=$("$(dirname "$(realpath "$0")")/archive-uri.sh")
apt=$(mkdir -p "$1" && realpath "$1") suites=$2 arch=$3
shift 3
mkdir -p "$apt"/state/lists/partial "$apt"/cache/archives/partial
: >"$apt/status"
options=(-o Dir::State="$apt/state" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache"
    -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferencesparts=/dev/null -o APT::Architecture="$arch" -o APT::Architectures="$arch"
    -o Acquire::Languages=none -o APT::Sandbox::User=root)
for suite in $suites; do
    echo "${TYPE:-deb} [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main"
    # A copy of the archive may keep these for longer than their Release files are valid.
    case $suite in sid | experimental) options+=(-o Acquire::Check-Valid-Until=false) ;; esac
done >"$apt/sources.list"
case $1 in
depends | madison | show) exec apt-cache "${options[@]}" "$@" ;;
*) exec apt-get -qq "${options[@]}" "$@" ;;
esac
