#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# dist-check.sh
# Builds everything that is published twice, in directories of different names and with different umasks, and compares
# the bytes. It makes two builds from scratch; of this directory's .build it takes what the tests and the build for another
# architecture have fetched. `make dist-check ARCH="amd64 arm64"` does so for both architectures.
set -eu
cd "$(dirname "$0")/.."
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

folders=(one another/of-a-longer-name)
for folder in "${folders[@]}"; do
    mkdir -p "$temporary/$folder"
    # The versions of the packages that Swift fetches are part of the sources.
    { git ls-files -z && printf "Package.resolved\0"; } | xargs -0 cp -P --parents -t "$temporary/$folder"
    mkdir "$temporary/$folder/.build"
    for fetched in cross libsystemd test; do
        [ ! -e .build/$fetched ] || ln -s "$PWD/.build/$fetched" "$temporary/$folder/.build"
    done
done
for folder in "${folders[@]}"; do
    (
        cd "$temporary/$folder"
        [ "$folder" = one ] || umask 077
        make dist >log 2>&1 || { cat log && exit 1; }
    )
done
cd "$temporary"
diff -r "${folders[0]}/dist" "${folders[1]}/dist"
cat "${folders[0]}/dist/SHA256SUMS"
