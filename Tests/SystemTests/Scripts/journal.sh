# SPDX-License-Identifier: Apache-2.0
# What edits, signals and restarts do to the entries, and what the journal says of it.
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
names
property StatusText

echo "== Nothing but a newer time"
mark
pass_after touch $entries/x.toml
said

echo "== Reloads that find nothing new"
mark
pass_after systemctl reload binfmtd || echo "cannot reload"
pass_after systemctl kill -s HUP binfmtd
said
systemctl is-active binfmtd

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
