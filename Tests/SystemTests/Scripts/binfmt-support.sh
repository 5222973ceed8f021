# SPDX-License-Identifier: Apache-2.0
# Debian's binfmt-support registers the same emulator under the same name, with other flags, and another entry. The
# first of them to be registered stays; when it is removed, ours is back. Foreign programs run after each change.
. ./functions.sh

show() {
    binfmtctl status --wait 10 >status.log || fail "$(cat status.log)"
    ls $registry | grep -vx -e register -e status | paste -s -d ' '
    /srv/arm64/bin/busybox uname -m
}

echo "== Both are enabled at boot, and packages are installed"
systemctl is-active binfmtd binfmt-support
update-binfmts --import qemu-aarch64
update-binfmts --import jar
show

for deed in restart stop start; do
    echo "== binfmt-support: $deed"
    mark
    systemctl $deed binfmt-support
    systemctl is-active binfmt-support
    /srv/arm64/bin/busybox uname -m
    show
    [ $deed != stop ] || grep ^flags $registry/qemu-aarch64
done

echo "== Its entry is disabled, and the package removed"
update-binfmts --disable qemu-aarch64
show
grep ^flags $registry/qemu-aarch64
update-binfmts --package qemu-user-static --remove qemu-aarch64 /usr/bin/qemu-aarch64-static
show
