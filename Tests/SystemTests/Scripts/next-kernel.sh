# SPDX-License-Identifier: Apache-2.0
# The first kernel with the new binfmt_misc: all that kernel.sh demands, and what came with it.
# Debian may have a later one by now.
printf '7.3\n%s\n' "$(uname -r)" | sort -CV && linux="7.3 or later"
. /srv/kernel.sh

wait_for() { binfmtctl status --wait 10 "$@" >/dev/null && echo "in sync"; }
reason() { binfmtctl status "$1" | sed -n '1p'; }
register() { echo "$1" >$registry/register 2>&1; }

echo "== rm removes an entry, and is drift like any other removal"
for removal in 'echo -1 >' 'rm '; do
    mark
    eval "$removal$registry/qemu-aarch64"
    within 2 foreign
    within 10 is_back
    within 10 has_said -g restored
    said | sed 's/(.*)/(…)/'
done

echo "== A transparent interpreter"
printf 'TRANSP' >/srv/program.transparent
chmod 755 /srv/program.transparent
declare_in transparent.toml <<TOML
[entry.see]
interpreter = "/usr/local/bin/show-arguments"
extension = "transparent"
transparent = true
TOML
binfmtctl reload >/dev/null
wait_for
cat $registry/see
/srv/program.transparent one two
binfmtctl explain /srv/program.transparent
binfmtctl status see | grep Flags

echo "== A loader for programs of another libc"
/srv/other/true.other 2>/dev/null || echo "status $?"
declare_in loader.toml <<TOML
[entry.other]
interpreter = "/usr/local/lib/ld-other.so"
extension = "other"
loader = true
fix-binary = true
TOML
binfmtctl reload >/dev/null
wait_for
grep -h flags $registry/other
/srv/other/true.other && echo "runs"
/srv/other/readlink.other /proc/self/exe
binfmtctl explain /srv/other/true.other | grep -v '^  [0-9a-f]0  '
mv /usr/local/lib/ld-other.so /usr/local/lib/ld-moved.so
/srv/other/true.other && echo "runs, for the kernel holds the loader"
mv /usr/local/lib/ld-moved.so /usr/local/lib/ld-other.so

echo "== The host's own programs"
declare_in native.toml <<TOML
[entry.native]
preset = "elf-amd64"
interpreter = "/usr/local/lib/ld-other.so"
loader = true
TOML
binfmtctl reload
reason native
echo 'allow-native = true' >>$entries/native.toml
binfmtctl reload >/dev/null
wait_for
/bin/readlink /proc/self/exe
grep -q ld-other /proc/self/maps && echo "loaded by it"
rm $entries/native.toml
binfmtctl reload >/dev/null
wait_for

echo "== Files of binfmt.d"
mkdir -p /etc/binfmt.d
cat >/etc/binfmt.d/letters.conf <<CONF
:letters:E::letters::/usr/local/bin/show-arguments:FT
:conflict:E::conflict::/usr/local/bin/show-arguments:TP
:later:E::later::/usr/local/bin/show-arguments:D
:handler:B::::some_handler:
CONF
binfmtctl check
binfmtctl reload
binfmtctl status letters conflict later handler | grep -v -e '^ *Since' -e '^ *File' -e '^ *owner'
rm /etc/binfmt.d/letters.conf
binfmtctl reload >/dev/null

echo "== More interpreters than the kernel may hold"
limit=/proc/sys/user/max_binfmt_misc_interpreters
was=$(cat $limit)
echo 1 >$limit
declare_held full /usr/local/bin/show-arguments
binfmtctl reload
reason full
echo "$was" >$limit
rm $entries/full.toml
binfmtctl reload >/dev/null

echo "== Others' entries, one of them registered disabled and then enabled"
declare_in mine.toml <<TOML
[entry.mine]
interpreter = "/usr/local/bin/show-arguments"
magic = "ORDER"
TOML
register ':theirs:M::ORDER::/bin/false:D'
binfmtctl reload >/dev/null
printf ORDER >/srv/order
chmod 755 /srv/order
within 10 /srv/order
echo 1 >$registry/theirs
within 10 /srv/order
/srv/order
rm $registry/theirs $entries/mine.toml
binfmtctl reload >/dev/null
wait_for

echo "== Import"
register ':loads:E::loads::/usr/local/lib/ld-other.so:LF'
binfmtctl import | grep -A 8 'entry.loads'
rm $registry/loads

echo "== The model of the registry, and a pass that is stopped after each write"
cd /srv/tests
mkdir -p "$(cat source)/Tests"
ln -s /srv/tests/Fixtures "$(cat source)/Tests"
unshare --map-root-user --mount sh -c 'mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && exec "$@"' sh \
    env LD_LIBRARY_PATH=/srv/tests NO_COLOR=1 ./tests --testing-library swift-testing --filter 'RegistryTests/(theModel|isServed)' 2>&1 |
    grep -e '✘' -e '✔ Test.*run with' | sed 's/ after.*//'
systemctl --failed --no-legend
