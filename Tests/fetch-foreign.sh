#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# fetch-foreign.sh DIR SUITE PACKAGE ARCH...
# Unpacks PACKAGE of each ARCH, foreign or not, into DIR/ARCH, from the archive that this machine's own apt uses, with a
# separate apt state: no foreign architecture is added to dpkg, and nothing is installed.
set -eu
dir=$(mkdir -p "$1" && realpath "$1") suite=$2 package=$3
shift 3
uri=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' | awk '$2 == "bookworm" { print $1; exit }')
for arch in "$@"; do
    apt=$dir/.apt-$suite-$arch
    mkdir -p "$apt"/state/lists/partial "$apt"/cache/archives/partial
    : >"$apt/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main" >"$apt/sources.list"
    options=(-qq -o Dir::State="$apt/state" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache"
        -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=- -o APT::Architecture=amd64
        -o APT::Architectures="$arch" -o Acquire::Languages=none -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update
    (cd "$apt" && apt-get "${options[@]}" download "$package:$arch" && dpkg -x ./*.deb "$dir/$arch")
    rm -rf "$apt"
done
