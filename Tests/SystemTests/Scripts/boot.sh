# SPDX-License-Identifier: Apache-2.0
# Enabled as by its package, binfmtd has registered the entries before the first ordinary service starts.
. ./functions.sh

echo "== The service"
systemctl is-enabled binfmtd
systemctl is-active binfmtd
systemctl show -p Type -p StatusText -p Result -p NRestarts binfmtd

echo "== The order"
at() { property "$1Monotonic" ${2:+"$2"}; }
binfmt=$(at ActiveEnterTimestamp systemd-binfmt) start=$(at ExecMainStartTimestamp) ready=$(at ActiveEnterTimestamp)
sysinit=$(at ActiveEnterTimestamp sysinit.target)
[ "$binfmt" -gt 0 ] && [ "$binfmt" -le "$start" ] && echo "it started when systemd-binfmt was done"
[ "$ready" -gt 0 ] && [ "$ready" -le "$sysinit" ] && echo "it was ready before sysinit.target"

echo "== The entries, in matching order"
names
grep -h -e '^interpreter' -e '^flags' $registry/qemu-aarch64

echo "== An ordinary service, whose root has no emulator"
systemctl show -p Result -p ExecMainStatus foreign
journalctl -b -q -o cat -u foreign -t busybox

echo "== All messages"
journalctl --sync
journalctl -b -q -o cat -u binfmtd
