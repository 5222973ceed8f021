# SPDX-License-Identifier: Apache-2.0
# An arm64 host: which programs are native is found out by asking the processor; the others are emulated, also after
# another program has removed their entries, an emulator was upgraded, and the registry was unmounted. An
# entry for Rosetta takes over from QEMU where a virtual machine's shared directory is mounted, and gives back.
. ./functions.sh

run() { echo "$1: $("/srv/$1/busybox" uname -m)"; }
run_all() { for architecture in amd64 i386 s390x riscv64 armhf; do run "$architecture"; done; }
state() { binfmtctl status "$1" | head -n 1; }
state_is() { binfmtctl status "$1" | head -n 1 | grep -q "$2"; }
mounted() { awk '$2 == "/proc/sys/fs/binfmt_misc" { print $3 }' /proc/mounts | paste -s -d ' '; }
is_back() { [ "$(names)" = "$all" ]; }
interpreter() { sed -n 's/^interpreter //p' "$registry/$1"; }

echo "== The host"
uname -m
echo "Linux $(uname -r | cut -d . -f 1-2)"
systemctl --version | sed -n '1s/ (.*//p'
mounted

echo "== The service"
systemctl show -p ActiveState -p StatusText -p Result -p NRestarts binfmtd
[ "$(property ActiveEnterTimestampMonotonic)" -le "$(property ActiveEnterTimestampMonotonic sysinit.target)" ] &&
    echo "it was ready before sysinit.target"
names
run_all
binfmtctl explain /srv/armhf/busybox | sed '/./!q'
binfmtctl probe | awk '/^●/ { print $2, $3, $4 }'

echo "== All are removed"
all=$(names)
mark
echo -1 >$registry/status
within 20 is_back
within 20 has_said -g restored
run_all

echo "== An emulator is upgraded"
mark
cp /usr/bin/qemu-s390x-static /usr/bin/.new
mv /usr/bin/.new /usr/bin/qemu-s390x-static
within 20 has_said -g replaced
said
run s390x

echo "== The registry is unmounted; a look at the path makes systemd mount it"
systemctl stop proc-sys-fs-binfmt_misc.mount 2>/dev/null
mounted
run s390x
names

echo "== Rosetta's directory is mounted"
state rosetta
for directory in /run/rosetta /media/rosetta /mnt/rosetta; do
    mkdir -p "$directory"
    mount -t tmpfs -o nodev,nosuid,mode=755 shared "$directory"
    cp /usr/bin/qemu-x86_64-static "$directory/rosetta"
    within 20 state_is rosetta active
    within 20 state_is qemu-x86_64 yielded
    interpreter rosetta
    run amd64
    umount -l "$directory"
    within 20 state_is qemu-x86_64 active
    interpreter qemu-x86_64
    run amd64
done

systemctl --failed --no-legend
