# SPDX-License-Identifier: Apache-2.0
# It still runs after a reboot and other events on the host; and also as with the container images, without an emulator
# on the host.
. ./functions.sh

# The version that an emulator prints in a container.
emulator() { docker run --rm -e QEMU_VERSION=1 arm64v8/ubuntu uname | grep -o -e version -e RENEWED; }
is_renewed() { [ "$(emulator)" = RENEWED ]; }
is_back() { [ "$(names)" = "$before" ]; }

echo "== Rebooted"
journalctl --list-boots -q | wc -l
systemctl is-active binfmtd
machine_in arm64v8/ubuntu

echo "== systemctl restart systemd-binfmt"
before=$(names)
systemctl restart systemd-binfmt
machine_in arm64v8/ubuntu
within 5 is_back

echo "== multiarch/qemu-user-static --reset, in a container"
echo ':qemu-by-hand:E::by-hand::/usr/bin/tac:' >$registry/register
names
mark
docker run --rm --privileged busybox sh -c "
    mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
    find /proc/sys/fs/binfmt_misc -type f -name 'qemu-*' -exec sh -c 'echo -1 > {}' \\;"
machine_in arm64v8/ubuntu
within 5 is_back
names
within 5 has_said -g 'removed 2 entries'
said

echo "== An upgrade of qemu-user-static"
emulator
mark
dpkg -i /srv/qemu-user-static.deb >dpkg.log 2>&1 || fail "$(cat dpkg.log)"
within 5 is_renewed
emulator
machine_in arm64v8/ubuntu
said

echo "== Without an emulator on the host: binfmtctl register --reset"
mkdir with-emulator
cp -p /usr/bin/qemu-aarch64-static with-emulator
printf 'FROM arm64v8/ubuntu\nCOPY qemu-aarch64-static /usr/bin/\n' >with-emulator/Dockerfile
docker build -q -t with-emulator with-emulator >>imported
mark
dpkg -r qemu-user-static >dpkg.log 2>&1 || fail "$(cat dpkg.log)"
within 5 has_said -g 'no longer exists'
binfmtctl register --reset
said BINFMT_ENTRY=qemu-aarch64
binfmtctl | tail -n 1
echo "copied into the image: $(machine_in with-emulator)"
echo "mounted: $(machine_in -v "$PWD/with-emulator/qemu-aarch64-static:/usr/bin/qemu-aarch64-static" arm64v8/ubuntu)"
echo "neither: $(machine_in arm64v8/ubuntu)"
# The README shows this.
readme=/usr/share/doc/binfmtd/README.md
awk '/^```sh$/ { p = 1; next } /^```$/ { p = 0; q = 0 } p && /docker export/ { q = 1 } q' $readme >explain
cat explain
bash explain | sed -n '/^The file does/,/^$/{/./p}'

echo "== With one: binfmtctl register --reset -p yes"
binfmtctl register --reset -p yes
dpkg -i /srv/qemu-user-static.deb >dpkg.log 2>&1 || fail "$(cat dpkg.log)"
mark
binfmtctl register --reset -p yes
machine_in arm64v8/ubuntu
said
