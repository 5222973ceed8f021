# SPDX-License-Identifier: Apache-2.0
# Other programs register their own entries for files that binfmtd's offers match: before it starts, while it runs,
# under one of its names, and remove them again. An offer yields, a list does not. (This test does for AArch64 what
# Rosetta and box64 do for x86, because the processor of these tests runs x86 itself.)
. ./functions.sh

aarch64='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
# Lima's hack/rosetta, box64's system/box64.conf.cmake, multiarch's register script, WSL's init.
rosetta=":rosetta:M::$aarch64:\xff\xff\xff\xff\xff\xfe\xfe\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:/usr/bin/cat:OCF"
box64=":box64:M::$aarch64:\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00\xff\xff\xff\xff\xff\xfe\xff\xff\xff:/usr/bin/cat:"
multiarch=":qemu-aarch64:M::$aarch64:\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:/usr/bin/cat:F"
wsl=':WSLInterop:M::MZ::/init:PF'

register() { printf '%s' "$1" >$registry/register; }
remove() { echo -1 >"$registry/$1"; }
tells() { said | grep -q -- "$1"; }
# No stand-in is left.
is_at_rest() { ! names | grep -q '~binfmtd~'; }

# until_said TEXT CONDITION...: shows the entries then, and the messages about them.
until_said() {
    within 5 tells "$1"
    shift
    within 5 "$@"
    within 5 is_at_rest
    names
    said
    mark
}

echo "== Rosetta and WSL's interop were registered first"
systemctl stop binfmtd
echo -1 >$registry/status
ln -s /usr/bin/cat /init
register "$rosetta"
register "$wsl"
mark
systemctl start binfmtd
until_said "yields to another entry" test ! -e $registry/qemu-aarch64

echo "== It is removed"
remove rosetta
until_said "'qemu-aarch64' registered" test -e $registry/qemu-aarch64

echo "== box64 is registered"
register "$box64"
until_said "'qemu-aarch64' unregistered" test ! -e $registry/qemu-aarch64

echo "== and removed"
remove box64
until_said "'qemu-aarch64' registered" test -e $registry/qemu-aarch64

echo "== multiarch/qemu-user-static removes all entries, and registers its own"
for entry in "$registry"/qemu-*; do remove "${entry##*/}"; done
register "$multiarch" || echo "the name is taken"
within 5 tells "yields to another entry: the foreign entry 'qemu-aarch64' (/usr/bin/cat) has this name"
within 5 test -e $registry/qemu-s390x
within 5 is_at_rest
within 5 tells qemu-s390x
names
mark
grep -h '^interpreter' $registry/qemu-aarch64

echo "== It is removed, too"
remove qemu-aarch64
until_said "'qemu-aarch64' registered" test -e $registry/qemu-aarch64

echo "== A list does not yield, and neither does an entry"
cat >/etc/binfmtd/binfmtd.toml <<'TOML'
[qemu]
targets = ["arm64", "s390x"]
[entry.wine]
preset = "wine"
interpreter = "/usr/bin/tac"
TOML
until_said "'wine' registered" test -e $registry/wine
register "$rosetta"
until_said "'qemu-aarch64' restored" test -e $registry/qemu-aarch64
