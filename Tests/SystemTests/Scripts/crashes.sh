# SPDX-License-Identifier: Apache-2.0
# The daemon hangs, crashes, crashes repeatedly, cannot start, and has a broken configuration. The entries stay through
# all of it, and in the end the daemon runs.
. ./functions.sh

# drop_in TEXT: makes TEXT the unit's only drop-in; removes the drop-in if TEXT is empty.
drop_in() {
    local folder=/run/systemd/system/binfmtd.service.d
    mkdir -p $folder
    printf '[Service]\n%s\n' "$1" >$folder/test.conf
    [ -n "$1" ] || rm $folder/test.conf
    systemctl daemon-reload
}
has_ended() { [ "$(property MainPID)" != "$1" ]; }
is_active() { systemctl -q is-active binfmtd; }
has_restarted() { [ "$(property NRestarts)" -ge "$1" ]; }
# The service manager's messages about the unit since `mark`.
told() {
    journalctl --sync
    journalctl -q --since="$since" -o cat -t systemd -u binfmtd | grep "$@"
}
registered=$(ls --full-time -i $registry)
# Whether every entry is still the one that was registered at the boot.
untouched() { [ "$(ls --full-time -i $registry)" = "$registered" ] && echo "the entries were not touched"; }

echo "== It hangs"
drop_in $'WatchdogSec=1\nRestartSec=100ms'
systemctl restart binfmtd
mark
daemon=$(property MainPID)
kill -STOP "$daemon"
within 10 has_ended "$daemon"
names
within 10 is_active
told -o -e 'Watchdog timeout' -e "result 'watchdog'"
property NRestarts
property StatusText
untouched

echo "== The watchdog does not stop a daemon that does not hang"
answers() { property WatchdogTimestampMonotonic; }
systemctl restart binfmtd
daemon=$(property MainPID) end=$(($(answers) + 3000000))
answers_later() { [ "$(answers)" -gt $end ]; }
within 10 answers_later
has_ended "$daemon" || echo "it is the same after three times that long"

echo "== It crashes, ten times within ten seconds"
for crash in {1..10}; do
    daemon=$(property MainPID)
    kill -s "$([ $((crash % 2)) = 0 ] && echo SEGV || echo KILL)" "$daemon"
    within 5 has_ended "$daemon"
    within 5 is_active
done
property NRestarts
property StatusText
untouched

echo "== It cannot start"
drop_in $'ExecStart=\nExecStart=/bin/false\nRestartSec=100ms'
systemctl restart binfmtd 2>/dev/null || echo "the restart fails"
within 10 has_restarted 7
names
drop_in ''
within 10 is_active
property StatusText
untouched

echo "== With the shipped unit, it waits longer"
property RestartUSec
property StartLimitIntervalUSec

echo "== An entry is no longer declared while it is stopped"
declare_in x.toml <<'TOML'
[entry.x]
interpreter = "/usr/bin/cat"
extension = "test-x"
TOML
within 5 test -e $registry/x
systemctl stop binfmtd
rm $entries/x.toml
names
mark
systemctl start binfmtd
names
said
untouched

echo "== A broken configuration"
systemctl stop binfmtd
echo '[qemu' >/etc/binfmtd/binfmtd.toml
declare_in x.toml <<'TOML'
[entry.x]
interpreter = 7
TOML
rm /usr/lib/binfmt.d/sample.conf
mark
systemctl start binfmtd && echo "it starts"
said
systemctl show -p ActiveState -p NRestarts -p StatusText binfmtd
untouched
