#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A host that does not run the daemon.
set -eu
"$(dirname "$(realpath "$0")")/../prepare.sh" "$1"
systemctl --root="$1" is-enabled binfmtd-apply.service && exit 1
systemctl --root="$1" -q disable binfmtd.service
systemctl --root="$1" -q enable binfmtd-apply.service
