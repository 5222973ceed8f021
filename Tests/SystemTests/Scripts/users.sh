# SPDX-License-Identifier: Apache-2.0
# What a local user can do to what root has declared: nothing. Reports B1, B2, B4, B5, B7, B11 and E5.
. ./functions.sh

as_user() { setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs "$@"; }

# Never, at any moment, may the kernel have one of these entries.
watch_for() {
    while :; do
        for name in "$@"; do [ ! -e "$registry/$name" ] || echo "$name was registered"; done
    done
}

echo "== An interpreter that is not there yet, in /tmp"
mark
declare_held missing /tmp/evil
declare_in plain.toml <<'TOML'
[entry.plain]
interpreter = "/tmp/evil/emulator"
extension = "plain"
TOML
within 5 has_said BINFMT_ENTRY=plain
said | sort
install -d -m 1777 /srv/sticky
watch_for missing plain steps linked rooted >seen &
watching=$!
as_user cp /usr/bin/cat /tmp/evil
pass_after touch /usr/bin/qemu-aarch64-static
names

echo "== A directory on the way that comes and goes, and changes hands"
as_user mkdir -p /srv/sticky/there/emulator.d
as_user cp /usr/bin/cat /srv/sticky/there/emulator
declare_held steps /srv/sticky/x/emulator
ln -s /srv/sticky/x /srv/root-link
declare_held linked /srv/root-link/emulator
within 5 has_said BINFMT_ENTRY=linked
before=$(property CPUUsageNSec)
mark
as_user timeout 5 bash -c 'cd /srv/sticky; mkdir y; while :; do mv -T there x; mv -T x there; mv -T y x; mv -T x y; done'
used=$((($(property CPUUsageNSec) - before) / 1000000))
[ $used -lt 2500 ] || echo "The daemon used $used ms of 5 s."
lines=$(said | wc -l)
[ "$lines" -le 16 ] || echo "The daemon wrote $lines lines."
names

echo "== A configuration in a directory that the user may write to"
install -d -m 1777 /srv/entries.d
as_user tee /srv/entries.d/rooted.toml >/dev/null <<'TOML'
[entry.rooted]
interpreter = "/tmp/evil"
extension = "rooted"
allow-unsafe-interpreter = true
credentials = true
TOML
mark
ln -s /srv/entries.d/rooted.toml $entries/rooted.toml
within 5 has_said CONFIG_FILE=$entries/rooted.toml
said
names

echo "== Files of the user's among the drop-ins"
chmod 1777 $entries
as_user ln -s /dev/null $entries/sample.toml 2>/dev/null || echo "sample.toml is root's"
as_user touch $entries/10-x.toml
pass_after touch $entries
names
chmod 755 $entries
rm -f $entries/10-x.toml $entries/rooted.toml

echo "== The user's emulator is not run by root"
as_user cp /usr/bin/qemu-s390x-static /tmp/mine
printf ':mine:M::\\x7fELF\\x02\\x02\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x15:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff:/tmp/mine:' >$registry/register
binfmtctl probe mine | sed -n 's/  */ /g; /mine/p'
within 5 has_said BINFMT_ENTRY=mine
said BINFMT_ENTRY=mine

echo "== A private table of the user's"
# It complains of the user's own file among the drop-ins.
as_user binfmtctl exec -- sh -c 'id -u; id -g; ls /proc/sys/fs/binfmt_misc | grep qemu-s390x' 2>/dev/null

echo "== The daemon as the user"
as_user timeout 10 binfmtd
echo "It exits with $?."
kill $watching
sort -u seen
