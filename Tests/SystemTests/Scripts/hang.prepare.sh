#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A daemon that is never ready, and ignores SIGTERM.
set -eu
"$(dirname "$(realpath "$0")")/../prepare.sh" "$1"
mkdir "$1/etc/systemd/system/binfmtd.service.d"
cat >"$1/etc/systemd/system/binfmtd.service.d/hang.conf" <<'UNIT'
[Service]
ExecStart=
ExecStart=/bin/sh -c 'trap "" TERM; while :; do sleep 60; done'
UNIT
