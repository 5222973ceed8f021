# SPDX-License-Identifier: Apache-2.0
# The filter of system calls permits everything that the daemon does, and that binfmtctl does in the units: here it
# kills any program that makes another call.
. ./functions.sh

# Ends the script if the daemon is not the one that was started first.
first=$(property MainPID)
lives() {
    [ "$(property MainPID)" = "$first" ] && [ "$(property Result)" = success ] ||
        fail "It was killed: $(journalctl -b -q -o cat -u binfmtd | tail -n 3)"
    echo "$*"
}
told() { said | grep -q -- "$1"; }
has() { grep -q "$2" "$registry/$1"; }
lacks() { [ ! -e "$registry/$1" ]; }

grep '^Seccomp:' "/proc/$first/status"
lives "start: $(property StatusText)"

mark
echo -1 >$registry/qemu-aarch64
within 5 test -e $registry/qemu-aarch64
echo 0 >$registry/sample
within 5 has sample enabled
echo -1 >$registry/status
within 5 test -e $registry/qemu-s390x
echo 0 >$registry/status
within 5 grep -q enabled $registry/status
lives "drift"

cp /usr/bin/true /usr/local/bin/late
declare_in x.toml <<'TOML'
[entry.x]
interpreter = "/usr/local/bin/late"
extension = "test-x"
fix-binary = true
priority = 3
[entry.unsafe]
interpreter = "/srv/unsafe"
extension = "unsafe"
TOML
within 5 test -e $registry/x
cp /usr/bin/true /srv/unsafe
chmod 777 /srv/unsafe
within 5 lacks unsafe
# A reload fails as long as an entry is refused.
systemctl reload binfmtd 2>/dev/null && echo "a reload succeeds with a refused entry"
chmod 755 /srv/unsafe
within 5 test -e $registry/unsafe
sed -i 's/priority = 3/priority = -30/' $entries/x.toml
systemctl reload binfmtd
sed -i 's/^/x/' $entries/x.toml
systemctl reload binfmtd 2>/dev/null || echo "a broken reload fails"
systemctl kill -s HUP binfmtd
sed -i 's/^x//' $entries/x.toml
systemctl reload binfmtd
printf ':y:M::YY::/usr/bin/cat:\n' >/usr/lib/binfmt.d/y.conf
within 5 test -e $registry/y
mkdir -p /etc/binfmt.d
ln -s /dev/null /etc/binfmt.d/y.conf
within 5 lacks y
lives "configuration, reloads"

mv /usr/local/bin/late /usr/local/bin/later
systemctl kill -s USR1 binfmtd
within 5 told "'x' is"
cp /usr/bin/tac /usr/local/bin/.new
mv /usr/local/bin/.new /usr/local/bin/late
within 5 told "'x' replaced"
lives "an interpreter that goes and comes"

declare_held mounted /srv/mounted/emulator
mkdir -p /srv/mounted
mount -t tmpfs tmpfs /srv/mounted
cp /usr/bin/true /srv/mounted/emulator
within 5 test -e $registry/mounted
echo -1 >$registry/mounted
within 5 test -e $registry/mounted
rm $entries/mounted.toml
within 5 lacks mounted
umount /srv/mounted
lives "a mount that comes and goes"

echo rubbish >/run/binfmtd/state/owned.toml
systemctl reload binfmtd
rm /run/binfmtd/state/owned.toml
systemctl reload binfmtd
lives "damage of its state"

answers() { property WatchdogTimestampMonotonic; }
end=$(($(answers) + 1500000))
answers_later() { [ "$(answers)" -gt $end ]; }
within 10 answers_later
lives "the watchdog"

# Ten times in three seconds are too often.
for round in {1..12}; do
    echo 0 >$registry/sample
    for look in {1..100}; do has sample enabled && break; done
done
within 5 has_said MESSAGE_ID=782ecd7d86a447f485db724adc8e8472
lives "a fight"

echo "== Standing by"
systemctl start second
property StatusText second
systemctl stop binfmtd
takes_over() { property StatusText second | grep -q active; }
within 5 takes_over
systemctl start binfmtd
property StatusText
systemctl stop second binfmtd
systemctl show -p Result -p ExecMainStatus binfmtd second

echo "== Without a registry"
systemctl --runtime mask proc-sys-fs-binfmt_misc.mount 2>/dev/null
umount $registry
systemctl start binfmtd
property StatusText
mount -t binfmt_misc none $registry
is_well() { property StatusText | grep active; }
within 5 is_well
property StatusText
systemctl stop binfmtd
property Result

echo "== Once"
rm $entries/x.toml
systemctl start binfmtd-apply
systemctl reload binfmtd-apply
systemctl stop binfmtd-apply
property Result binfmtd-apply
names

echo "== A filter that lacks a call"
for call in inotify_add_watch 'rename renameat renameat2'; do
    mkdir -p /run/systemd/system/binfmtd.service.d
    printf '[Service]\nSystemCallFilter=~%s\n' "$call" >/run/systemd/system/binfmtd.service.d/less.conf
    systemctl daemon-reload
    systemctl start binfmtd 2>/dev/null || echo "it is killed for $call"
    systemctl show -p Result -p ExecMainStatus binfmtd
done

# At shutdown, entries that hold a disk are released.
rm -r /run/systemd/system/binfmtd.service.d
systemctl daemon-reload
mount -t tmpfs -o mode=755 tmpfs /srv/mounted
cp /usr/bin/true /srv/mounted/emulator
declare_held mounted /srv/mounted/emulator
systemctl start binfmtd
names
