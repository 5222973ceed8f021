#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# install.sh RPM
# For Podman machine, whose system is a Fedora CoreOS with QEMU's emulators: installs the rpm there, and restarts it.
set -eu
podman machine ssh 'cat >binfmtd.rpm' <"$1"
podman machine ssh 'sudo rpm-ostree install -y ./binfmtd.rpm && rm binfmtd.rpm'
podman machine stop
podman machine start
podman machine ssh binfmtctl
