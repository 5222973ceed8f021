#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# kubernetes.prepare.sh ROOT
# A node of a cluster, and its control plane, without binfmtd and without an emulator. /srv has deploy, images of binfmtd
# and of a busybox of two architectures, and a program of another architecture.
set -eu
root=$1
here=$(dirname "$(realpath "$0")")
cd "$here/../../.."
cp -a "$here/../Node/." "$root"
echo node-1 >"$root/etc/hostname"
: >"$root/etc/resolv.conf"
mkdir -p "$root/var/lib/containerd" "$root/var/lib/kubelet" "$root/srv/images"

# image NAME ARCH DIR [COMMAND]: the image of a root, as Docker exports it.
image() {
    local new
    new=$(mktemp -d)
    tar -cf "$new/layer.tar" --owner 0 --group 0 -C "$3" .
    printf '{"architecture":"%s","os":"linux","config":{"Env":["PATH=/bin"]%s},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
        "$2" "${4:+,\"Entrypoint\":[\"$4\"]}" "$(sha256sum <"$new/layer.tar" | cut -d ' ' -f 1)" >"$new/config.json"
    printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$1" >"$new/manifest.json"
    tar -cf "$root/srv/images/$2-$(basename "$3").tar" -C "$new" manifest.json config.json layer.tar
    rm -r "$new"
}

for architecture in amd64 arm64; do
    install -D ".build/test/foreign/$architecture/bin/busybox" "$root/srv/$architecture/busybox/bin/busybox"
    for tool in find mount sh uname; do ln -s busybox "$root/srv/$architecture/busybox/bin/$tool"; done
done
image docker.io/library/busybox:latest amd64 "$root/srv/amd64/busybox"
image docker.io/arm64v8/busybox:latest arm64 "$root/srv/arm64/busybox"
install -D "$root/usr/bin/pause" "$root/srv/amd64/pause/pause"
image docker.io/library/pause:3.4 amd64 "$root/srv/amd64/pause" /pause
cp dist/binfmtd-*-image.tar "$root/srv/images/amd64-binfmtd.tar"
mkdir "$root/srv/deploy"
cp -r deploy/kubernetes "$root/srv/deploy"
