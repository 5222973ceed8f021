# SPDX-License-Identifier: Apache-2.0
# The image of the system extension, which needs a loop device, and so a virtual machine; as the README has it.
. ./functions.sh

echo "== Merged"
install -D -m 644 /srv/binfmtd.raw /var/lib/extensions/binfmtd.raw
systemctl --quiet enable systemd-sysext && systemd-sysext refresh 2>/dev/null && systemctl daemon-reload
within 20 systemctl -q is-active binfmtd
losetup --noheadings --output BACK-FILE
property StatusText
names
/srv/arm64/bin/busybox uname -m

echo "== Removed"
systemctl mask --quiet --now binfmtd
binfmtctl release
rm /var/lib/extensions/binfmtd.raw
systemd-sysext refresh 2>/dev/null
names
hash -r
command -v binfmtctl binfmtd || echo "no programs"
