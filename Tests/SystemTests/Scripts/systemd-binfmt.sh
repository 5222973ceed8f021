# SPDX-License-Identifier: Apache-2.0
# systemd-binfmt takes all entries away and registers its own; dpkg has it do so whenever a package brings one.
. ./functions.sh

for _ in {1..10}; do
    systemctl restart systemd-binfmt || systemctl status systemd-binfmt
    systemctl reset-failed systemd-binfmt
done
systemctl is-active systemd-binfmt binfmtd

within 5 test -e $registry/qemu-aarch64
grep -h -e '^interpreter' -e '^flags' $registry/qemu-aarch64 $registry/sample
