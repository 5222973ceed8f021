# SPDX-License-Identifier: Apache-2.0
echo "== The end"
journalctl -q -D journal -o cat -u binfmtd | tac | sed '/^Started binfmtd.service/,$d' | tac
journalctl -q -D journal -o cat -u srv-disk.mount | tail -n 1
journalctl -q -D journal -o cat -u below -t sh
