#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Removes what the tarball of binfmtd has put below the prefix that this file is in: its entries are released, and what
# systemd-binfmt registers without it is registered. The configuration in /etc/binfmtd stays.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
prefix=${here%/share/binfmtd}
binfmtctl=$prefix/bin/binfmtctl

#HAND_OVER#

unit=
if [ -d /run/systemd/system ]; then
    unit=$(systemctl show --value -p FragmentPath binfmtd.service)
fi
case $unit in
"$prefix"/*)
    systemctl --quiet disable --now binfmtd.service binfmtd-apply.service binfmtd-metrics.service binfmtd-varlink.socket
    systemctl stop binfmtd-release.service
    release_entries
    ;;
# Another installation of binfmtd keeps the entries.
?*) ;;
'') release_entries ;;
esac

cd "$prefix"
while read -r file; do rm -f "$file"; done <share/binfmtd/files
rmdir --ignore-fail-on-non-empty share/doc/binfmtd/entries.d share/doc/binfmtd share/binfmtd \
    lib/systemd/system/proc-sys-fs-binfmt_misc.mount.d
[ -z "$unit" ] || { systemctl daemon-reload && journalctl --update-catalog; }
echo "binfmtd is removed from $prefix"
