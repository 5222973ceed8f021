#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# apk calls this only on removal.
rc-service --ifstarted binfmtd stop >/dev/null 2>&1 || :
[ ! -e /run/binfmtd/state/owned.toml ] || binfmtctl release >/dev/null || :
rc-update --quiet delete --all binfmtd >/dev/null 2>&1 || :
rc-update --quiet delete --all binfmtd-apply >/dev/null 2>&1 || :
