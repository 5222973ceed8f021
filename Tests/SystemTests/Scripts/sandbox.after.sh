# SPDX-License-Identifier: Apache-2.0
# The kernel logs no killed or crashed program, neither here nor on the host, which gets a container's messages.
echo "== The kernel's log"
booted=$(journalctl -q -D journal -o export | sed -n '/^__MONOTONIC_TIMESTAMP=/ { s///p; q }')
dmesg >dmesg && awk -v booted="$booted" -F '[][]' '$2 * 1e6 >= booted' dmesg | grep -e binfmtd -e memfd -e probe \
    -e "exe=$(printf /memfd: | od -An -tx1 | tr -d ' \n' | tr a-f A-F)"
