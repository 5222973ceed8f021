# SPDX-License-Identifier: Apache-2.0
# The units on each version of systemd: it knows every setting that matters, and the daemon repairs, reloads and stops.
. ./functions.sh

systemctl start proc-sys-fs-binfmt_misc.mount
systemctl restart binfmtd
property ActiveState
within 5 test -e $registry/qemu-aarch64
/srv/arm64/bin/busybox uname -m

echo "== Emptied by another program"
mark
echo -1 >$registry/status
within 5 has_said
/srv/arm64/bin/busybox uname -m
within 5 test -e $registry/qemu-aarch64

echo "== Reloaded"
declare_in wide.toml <<'TOML'
[entry.wide]
interpreter = "/bin/true"
extension = "wide"
TOML
systemctl reload binfmtd && ls $registry/wide

echo "== Stopped: the entries stay"
systemctl stop binfmtd
systemctl is-active binfmtd binfmtd-release
ls $registry/wide
systemctl start binfmtd-apply && property ActiveState binfmtd-apply
binfmtctl release >/dev/null && names

echo "== What systemd says against the units"
journalctl -b -o cat | grep -iE 'binfmtd.*(unknown|ignoring|failed|deprecated)'
