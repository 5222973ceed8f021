# SPDX-License-Identifier: Apache-2.0
# binfmtd as a system extension, beside one with emulators that comes, changes and goes.
. ./functions.sh

extensions=/var/lib/extensions
emulator=$extensions/emulators/usr/bin/qemu-aarch64-static
mkdir -p $extensions

# Since systemd 255 an extension that asks for it has its units loaded.
refresh() {
    systemd-sysext refresh 2>sysext.log || fail "$(cat sysext.log)"
    [ "$(systemctl --version | sed -n '1s/systemd \([0-9]*\).*/\1/p')" -ge 255 ] || systemctl daemon-reload
}

runs() { /srv/arm64/bin/busybox true 2>/dev/null; }
has_version() { QEMU_VERSION=1 /srv/arm64/bin/busybox | grep -q "$1"; }
status_is() { [ "$(property StatusText)" = "$1" ]; }

systemctl start proc-sys-fs-binfmt_misc.mount
runs || echo "no emulator"

echo "== Merged: it runs without another command"
mv /srv/extensions/binfmtd $extensions
refresh
within 5 systemctl -q is-active binfmtd
property StatusText

echo "== Emulators are merged"
mark
mv /srv/extensions/emulators $extensions
refresh
within 5 runs
within 5 has_said
said
names

echo "== An emulator is replaced"
mark
sed 's/qemu-aarch64 version/qemu-aarch64 another/' $emulator >$emulator.new
chmod 755 $emulator.new
mv $emulator.new $emulator
refresh
within 5 has_version another
within 5 has_said -g replaced
# With systemd 257 the daemon may also see the moment in which no extension is merged.
said -g 'entries replaced'

echo "== Emulators are unmerged: what is declared waits for them"
mark
mv $extensions/emulators /srv/extensions
refresh
within 5 status_is "Entries: 1 active, 2 waiting"
binfmtctl status qemu-aarch64 | head -n 1
runs && echo "programs run as long as the entries stay"
mv /srv/extensions/emulators $extensions
refresh
within 5 status_is "Entries: 3 active"
echo "and is active again"

echo "== Removed"
systemctl mask --quiet --now binfmtd
binfmtctl release
rm -r $extensions/binfmtd
refresh
names
systemctl is-active binfmtd
hash -r
command -v binfmtctl binfmtd || echo "no programs"
