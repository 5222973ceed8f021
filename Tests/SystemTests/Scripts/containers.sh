# SPDX-License-Identifier: Apache-2.0
# A container of systemd-nspawn, with binfmtd enabled as on the host. If the container has its own registry, its binfmtd
# manages that; if it shares the host's, the host's binfmtd does, and the entries survive the container's start and end.
. ./functions.sh

hosts='sample qemu-aarch64 qemu-s390x'

# boot [NSPAWN-OPTION...]: starts the container, and waits until it is up.
boot() {
    joined=(-m -u -i -n -p -C)
    case $* in *--private-users*) joined+=(-U) ;; esac
    systemd-nspawn -q --register=no --keep-unit --private-network -M guest -D /srv/guest --bind-ro=/usr "$@" -b \
        </dev/null >guest.console 2>&1 &
    nspawn=$!
    within 20 inside systemctl is-active multi-user.target
}

# inside COMMAND [ARGUMENT...]: runs it in the container.
inside() { nsenter "${joined[@]}" -t "$(pgrep -P $nspawn)" "$@"; }

# Powers the container off, by the signal that systemd(1) has for that.
end() {
    kill -s RTMIN+4 "$(pgrep -P $nspawn)"
    wait $nspawn
    within 5 is_whole
    within 5 has_status "Entries: 3 active"
}

is_whole() { [ "$(names)" = "$hosts" ]; }
has_status() { [ "$(property StatusText)" = "$1" ]; }
guest_has_status() { [ "$(inside systemctl show --value -p StatusText binfmtd)" = "$1" ]; }
guest_names() { inside bash -c "$(declare -f names); registry=$registry; names"; }
guest_said() {
    inside journalctl --sync
    inside journalctl -b -q -o cat -t binfmtd
}

# systemd-nspawn makes part of this read-only for the container, which is not allowed for a mount from outside this
# host.
mkdir -p /run/systemd/nspawn
mount -t tmpfs tmpfs /run/systemd/nspawn

echo "== With a user namespace, and so a registry, of its own"
names
mark
boot --private-users=identity
guest_said
guest_names
inside binfmtctl
inside chroot /srv/arm64 /bin/busybox uname -m
names
end
said

# This host is in a user namespace itself, so that each of its containers seems to have one; here that does not count.
units=usr/lib/systemd/system guest=/srv/guest/etc/systemd/system mount=proc-sys-fs-binfmt_misc.mount.d/50-binfmtd.conf
mkdir -p "$guest/${mount%/*}"
for unit in binfmtd.service $mount; do sed '/^Condition.*private-users/d' "/$units/$unit" >"$guest/$unit"; done

echo "== Sharing the host's: binfmtd does not start there, and the host's entries stay"
mark
boot
inside systemctl is-active binfmtd systemd-binfmt
inside systemctl show -p ConditionResult binfmtd
inside mountpoint $registry
inside binfmtctl
inside chroot /srv/arm64 /bin/busybox uname -m
end
said

echo "== Sharing it, and started anyway: it stands by"
mkdir $guest/binfmtd.service.d
printf '[Unit]\nConditionVirtualization=\n' >$guest/binfmtd.service.d/any.conf
boot
inside mount -t binfmt_misc binfmt_misc $registry
within 5 guest_has_status "Standing by: another binfmtd manages $registry"
guest_said
inside binfmtctl
names

echo "== The host's daemon stops: the container's takes over, and leaves foreign entries alone"
systemctl stop binfmtd
within 5 guest_has_status "Entries: 3 active, 1 foreign"
guest_said
guest_names

echo "== The host's starts again: it stands by, and takes over when the container ends, which removes all entries"
systemctl start binfmtd
property StatusText
binfmtctl | tail -n +6
end
names

echo "== Sharing it read-only: the container's daemon leaves it to the host's, running or not"
boot
inside systemctl stop binfmtd
inside mount -t binfmt_misc binfmt_misc $registry
inside mount -o remount,bind,ro $registry
inside systemctl start binfmtd
guest_said
inside binfmtctl
systemctl stop binfmtd
inside systemctl restart binfmtd
systemctl start binfmtd
property StatusText
end
names
