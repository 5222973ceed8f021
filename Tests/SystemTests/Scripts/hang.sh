# SPDX-License-Identifier: Apache-2.0
# A daemon that hangs delays the boot no longer than the unit permits.
. ./functions.sh

property TimeoutStartUSec
journalctl --sync
journalctl -b -q -o cat -u binfmtd | grep -o -e 'timed out. Killing' -e "result 'timeout'"
began=$(systemctl show --value -p InactiveExitTimestampMonotonic -- -.mount)
waited=$(($(property ActiveEnterTimestampMonotonic sysinit.target) - began))
[ $waited -ge 10000000 ] && [ $waited -lt 13000000 ] && echo "the boot went on after that" || echo "$waited microseconds"
