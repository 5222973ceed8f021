#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A host on which a system call that the filter rejects does not return EPERM, which a program may ignore, but kills the
# program.
set -eu
root=$1
"$(dirname "$(realpath "$0")")/../prepare.sh" "$root"
units=$root/etc/systemd/system

# A second daemon, which stands by while the first one manages the registry.
sed -e 's|^ExecStart=.*|& --root /run/second|' -e 's|^RuntimeDirectory=.*|RuntimeDirectory=second/run/binfmtd/state|' \
    "$root/usr/lib/systemd/system/binfmtd.service" >"$units/second.service"

for unit in binfmtd binfmtd-apply second; do
    mkdir "$units/$unit.service.d"
    printf '[Service]\nSystemCallErrorNumber=kill\nRestart=no\nWatchdogSec=1\n' >"$units/$unit.service.d/kill.conf"
done
sed -i /WatchdogSec/d "$units/binfmtd-apply.service.d/kill.conf"
