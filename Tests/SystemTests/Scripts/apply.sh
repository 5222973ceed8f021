# SPDX-License-Identifier: Apache-2.0
# Without a daemon, binfmtd-apply.service has registered the entries before the first ordinary service starts.
. ./functions.sh

echo "== The services"
systemctl is-enabled binfmtd binfmtd-apply
systemctl is-active binfmtd binfmtd-apply

echo "== The order"
started=$(property ActiveEnterTimestampMonotonic binfmtd-apply)
[ "$started" -gt 0 ] && [ "$started" -le "$(property ActiveEnterTimestampMonotonic sysinit.target)" ] &&
    echo "it was done before sysinit.target"

echo "== The entries, in matching order"
names

echo "== An ordinary service, whose root has no emulator"
systemctl show -p Result -p ExecMainStatus foreign
journalctl -b -q -o cat -u foreign -t busybox

echo "== Changes by other programs stay until a reload"
echo -1 >$registry/qemu-aarch64
names
systemctl reload binfmtd-apply
names

echo "== Its messages"
journalctl --sync
journalctl -b -q -o cat -u binfmtd-apply -t binfmtctl

echo "== A broken file"
declare_in x.toml <<'TOML'
[entry.x]
interpreter = "/usr/bin/cat"
extention = "test-x"
TOML
systemctl reload binfmtd-apply
rm $entries/x.toml
names

echo "== A refused entry: the unit does not fail, and can be reloaded"
declare_in x.toml <<'TOML'
[entry.x]
interpreter = "/usr/bin/cat"
magic = "#!"
TOML
systemctl restart binfmtd-apply
systemctl is-active binfmtd-apply
systemctl show -p Result -p ExecMainStatus binfmtd-apply
systemctl reload binfmtd-apply
rm $entries/x.toml
systemctl reload binfmtd-apply && echo "reloaded"
names

echo "== It stops"
systemctl stop binfmtd-apply
names

echo "== The daemon takes its place"
systemctl start binfmtd-apply
mark
systemctl start binfmtd
systemctl is-active binfmtd binfmtd-apply
names
said
