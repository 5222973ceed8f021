# SPDX-License-Identifier: Apache-2.0
# While the system goes down somebody takes all entries away, systemd-binfmt; the daemon has stopped before, cleanly,
# and repairs nothing.
echo "== The end"
journalctl -q -D journal -o cat -u binfmtd | sed '1,/^Started binfmtd.service/d'
journalctl -q -D journal -o cat -u systemd-binfmt | tail -n 1

# These are on the console alone: no journal runs yet.
echo "== Ordering cycles"
sed 's/\x1b\[[0-9;]*m//g' console | grep -a -i 'ordering cycle'
