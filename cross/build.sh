#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# build.sh COMPILER SYSROOT ARCH [SWIFT-BUILD-OPTION...]
# Builds this package for ARCH with the Swift of the root COMPILER, into .build/ARCH. Runs as root, in namespaces of its
# own, without the network: the dependencies are those that `swift package resolve` has fetched.
set -eu -o pipefail
compiler=$(realpath "$1") sysroot=$(realpath "$2") arch=$3
shift 3
cd "$(dirname "$0")/.."
case $arch in
arm64) machine=aarch64 ;;
*) echo "No triple is known for $arch" >&2 && exit 64 ;;
esac

inside() {
    set -eu -o pipefail
    mount -t proc proc "$compiler/proc"
    mount --rbind /dev "$compiler/dev"
    mount -t tmpfs tmpfs "$compiler/tmp"
    mkdir "$compiler"/tmp/{source,sysroot,home,sdks}
    mount --bind "$PWD" "$compiler/tmp/source"
    mount --bind "$sysroot" "$compiler/tmp/sysroot"

    git=$compiler/tmp/home/.gitconfig
    git config --file "$git" safe.directory '*'
    for clone in .build/repositories/*; do
        git config --file "$git" "url.file:///tmp/source/$clone.insteadOf" "$(git -C "$clone" config remote.origin.url)"
    done

    bundle=$compiler/tmp/sdks/debian.artifactbundle
    mkdir "$bundle"
    cat >"$bundle/info.json" <<JSON
{"schemaVersion": "1.0", "artifacts": {"debian": {"type": "swiftSDK", "version": "1.0", "variants": [{"path": "."}]}}}
JSON
    cat >"$bundle/swift-sdk.json" <<JSON
{"schemaVersion": "4.0", "targetTriples": {"$machine-unknown-linux-gnu": {
    "sdkRootPath": "/tmp/sysroot", "swiftResourcesPath": "/tmp/sysroot/usr/lib/swift",
    "swiftStaticResourcesPath": "/tmp/sysroot/usr/lib/swift_static", "toolsetPaths": ["toolset.json"]}}}
JSON
    # Debian's Swift links with GNU ld, which knows one architecture, unless told otherwise.
    cat >"$bundle/toolset.json" <<JSON
{"schemaVersion": "1.0", "rootPath": "/usr/libexec/swift/bin",
    "swiftCompiler": {"extraCLIOptions": ["-use-ld=lld"]}, "linker": {"path": "ld.lld"}}
JSON
    exec chroot "$compiler" /usr/bin/env -i -C /tmp/source HOME=/tmp/home LC_ALL=C.UTF-8 PATH=/usr/bin:/bin:/usr/libexec/swift/bin \
        swift build --scratch-path ".build/$arch" --swift-sdks-path /tmp/sdks --swift-sdk debian \
        --pkg-config-path "/tmp/sysroot/usr/lib/$machine-linux-gnu/pkgconfig" "$@"
}
export -f inside
export compiler sysroot arch machine
exec unshare --mount --pid --fork --kill-child bash -c 'inside "$@"' inside "$@"
