# SPDX-License-Identifier: Apache-2.0
# last_said BOOT UNIT...: the journal of the units since the last start of one of them.
last_said() {
    journalctl -q -D journal -b "$1" -o cat "${@:2}" | tac | sed '/^\(Started\|Finished\) /,$d' | tac
}

# disk BOOT: the disk's messages, and the entries that were registered when it was unmounted.
disk() {
    journalctl -q -D journal -b "$1" -o cat -u srv-disk.mount | tail -n 1
    journalctl -q -D journal -b "$1" -o cat -u below -t sh
}

echo "== The first shutdown"
last_said -1 -u binfmtd -u binfmtd-release
disk -1
echo "== The second"
last_said 0 -u binfmtd-release
disk 0
