# SPDX-License-Identifier: Apache-2.0
# Another kernel, with its module and its automount, and the systemd of the same Debian: the entries exist before the
# first ordinary service, are restored, and outlive the mount. Features of Linux 6.7 are not claimed for older kernels.
. ./functions.sh

mounted() { awk '$2 == "/proc/sys/fs/binfmt_misc" { print $3 }' /proc/mounts | paste -s -d ' '; }
foreign() { /srv/arm64/bin/busybox uname -m; }
is_back() { [ "$(names)" = "sample qemu-aarch64 qemu-s390x" ]; }
unmount() { systemctl stop proc-sys-fs-binfmt_misc.mount 2>/dev/null; }

echo "== The host"
echo "Linux ${linux:-$(uname -r | cut -d . -f 1-2)}"
systemctl --version | sed -n '1s/ (.*//p'
systemd-detect-virt
lsmod | awk '$1 == "binfmt_misc" { print "a module:", $1 }'
mounted

echo "== The service"
systemctl is-enabled binfmtd
systemctl show -p ActiveState -p StatusText -p Result -p NRestarts binfmtd
[ "$(property ActiveEnterTimestampMonotonic)" -le "$(property ActiveEnterTimestampMonotonic sysinit.target)" ] &&
    echo "it was ready before sysinit.target"
journalctl -b -q -o cat -u foreign -t busybox

echo "== The entries, in matching order"
names
grep -h '^flags' $registry/qemu-aarch64 $registry/qemu-s390x
binfmtctl status >/dev/null && echo "in sync"
binfmtctl probe | awk '/^●/ { print $2, $3, $4 }'

echo "== One is removed, then all are"
for removed in qemu-aarch64 status; do
    mark
    echo -1 >$registry/$removed
    within 10 is_back
    within 10 has_said -g restored
    names
done
foreign
binfmtctl status --wait 10 >/dev/null && echo "in sync"

echo "== A private registry"
binfmtctl exec -- /srv/arm64/bin/busybox uname -m 2>&1 | sed "s/($(uname -r))/(RELEASE)/"
binfmtctl status --json | sed -n 's/ *"namespace" : ".*/it has a namespace/p; s/ *"namespace" : null.*/it is for all/p'

echo "== The registry is unmounted while the daemon runs"
mark
unmount
mounted
foreign
names
mounted
said

echo "== Stopped, unmounted and without entries; a look at the path makes systemd mount it"
systemctl stop binfmtd
property Result
systemctl stop systemd-binfmt
unmount
mounted
binfmtctl apply
mounted
names

echo "== Started again"
systemctl start binfmtd
names
foreign
systemctl --failed --no-legend
