# SPDX-License-Identifier: Apache-2.0
# The effects of edits, signals and restarts on the entries, and the journal's messages about them.
. ./functions.sh

echo "== A new drop-in"
mark
declare_in x.toml <<'TOML'
[entry.x]
interpreter = "/usr/bin/cat"
extension = "test-x"
TOML
fields BINFMT_ENTRY=x

echo "== A mistake in it"
mark
declare_in x.toml <<'TOML'
[entry.x]
interpreter = "/usr/bin/cat"
extention = "test-x"
TOML
fields CONFIG_FILE=$entries/x.toml
journalctl -q -x --no-pager --since="$since" -t binfmtd | sed -n 's/^.*\(Subject: \|It is in \/etc\)/\1/p'
names
property StatusText

echo "== Only a newer mtime"
mark
pass_after touch $entries/x.toml
said

echo "== A reload of a broken file"
mark
systemctl reload binfmtd 2>/dev/null || echo "It fails."
pass_after systemctl kill -s HUP binfmtd
said
journalctl --sync
journalctl -q --since="$since" -o cat -t binfmtctl
systemctl is-active binfmtd
names

echo "== Corrected, and changed"
mark
declare_in x.toml <<'TOML'
[entry.x]
interpreter = "/usr/bin/tac"
extension = "test-x"
TOML
fields BINFMT_ENTRY=x
is_well() { [ "$(property StatusText)" = "Entries: 4 active" ]; }
within 5 is_well

echo "== A reload returns when the kernel has it"
for number in $(seq 20); do
    sed -i "s/test-x.*/test-x$number\"/" $entries/x.toml
    systemctl reload binfmtd || echo "It fails."
    grep -q "^extension .test-x$number$" $registry/x || echo "$number is not there."
done
sed -i 's/test-x.*/test-x"/' $entries/x.toml
systemctl reload binfmtd

echo "== Killed; the drop-in is removed meanwhile"
mark
before=$(property MainPID)
systemctl kill -s KILL binfmtd
within 5 test ! -e "/proc/$before"
rm $entries/x.toml
names
within 10 systemctl is-active binfmtd
names
property NRestarts
said
fields BINFMT_ENTRY=x

echo "== Asked for its state"
mark
systemctl kill -s USR1 binfmtd
within 5 has_said BINFMT_ENTRY=sample
said

echo "== Stopped"
mark
systemctl stop binfmtd
property Result
names
said
(cd /run/binfmtd/state && stat -c '%A %U %n' . owned.toml)

echo "== Started again"
mark
systemctl start binfmtd
names
said
