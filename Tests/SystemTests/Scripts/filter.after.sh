# SPDX-License-Identifier: Apache-2.0
echo "== The end"
journalctl -q -D journal -o cat -u binfmtd -u binfmtd-release | tac | sed '/^Started binfmtd.service/,$d' | tac

echo "== All killed processes"
journalctl -q -D journal -o cat -u 'binfmtd*' -u second -g 'killed|dumped'
