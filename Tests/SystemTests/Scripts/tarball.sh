# SPDX-License-Identifier: Apache-2.0
# The tarball's life on a host: the commands of the README, and its own script.
. ./functions.sh

catalog() { journalctl --list-catalog 2>/dev/null | grep -q ' binfmtd: ' && echo "in the catalog" || echo "not in the catalog"; }

systemctl start proc-sys-fs-binfmt_misc.mount

echo "== Unpacked"
tar -xf /srv/binfmtd.tar -C /usr/local --strip-components=1
journalctl --update-catalog && systemctl daemon-reload && systemctl enable --quiet --now binfmtd
property FragmentPath
property StatusText
names
/srv/arm64/bin/busybox uname -m
catalog

echo "== Removed"
/usr/local/share/binfmtd/uninstall
names
systemctl is-active binfmtd
find /etc/systemd/system /usr/local -name '*binfmt*'
catalog
