#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A host with podman, without binfmtd and without an emulator. /srv has the image, the manifest, and a program of
# another architecture.
set -eu
root=$1
cd "$(dirname "$0")/../../.."

# In a container there is no file system for layers.
install -D -m 644 /dev/stdin "$root/etc/containers/storage.conf" <<'TOML'
[storage]
driver = "vfs"
runroot = "/run/containers/storage"
graphroot = "/var/lib/containers/storage"
TOML
# A machine may have no control group controllers, and may not let limits be raised.
install -D -m 644 /dev/stdin "$root/etc/containers/containers.conf" <<'TOML'
[containers]
default_ulimits = ["nofile=1024:4096", "nproc=4096:4096"]
pids_limit = 0
log_driver = "k8s-file"
[engine]
events_logger = "file"
TOML

cp dist/binfmtd-*-image.tar "$root/srv/image.tar"
cp deploy/kubernetes/binfmtd.yaml "$root/srv"
install -D .build/test/foreign/arm64/bin/busybox "$root/srv/arm64/bin/busybox"
ln -s busybox "$root/srv/arm64/bin/uname"
