# SPDX-License-Identifier: Apache-2.0
# While the system shuts down, systemd-binfmt removes all entries; the daemon has stopped before, cleanly, and repairs
# nothing.
echo "== The end"
journalctl -q -D journal -o cat -u binfmtd | sed '1,/^Started binfmtd.service/d'
journalctl -q -D journal -o cat -u systemd-binfmt | tail -n 1

# These messages are only on the console, because no journal runs yet.
echo "== Ordering cycles"
sed 's/\x1b\[[0-9;]*m//g' console | grep -a -i 'ordering cycle'
