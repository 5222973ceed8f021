# SPDX-License-Identifier: Apache-2.0
# systemd-binfmt takes all entries away and registers its own; dpkg has it do so whenever a package brings one. Twenty
# times the next one follows at once, twenty times when the entries are back.
. ./functions.sh

# It needs a while for so many, in which the daemon has its turn.
for number in {1..500}; do echo ":many-$number:M::MANY-$number.::/usr/bin/cat:"; done >/usr/lib/binfmt.d/many.conf
is_back() { [ "$(names | wc -w)" = 503 ] && ! names | grep -q '~binfmtd~'; }
within 10 is_back

failed=0
for round in {1..40}; do
    systemctl restart systemd-binfmt || { failed=$((failed + 1)) && systemctl status systemd-binfmt; }
    # It counts starts, and refuses the sixth within ten seconds.
    systemctl reset-failed systemd-binfmt
    [ $((round % 2)) = 0 ] || within 10 is_back
done
echo "$failed of $round restarts failed"
systemctl is-active systemd-binfmt binfmtd

within 10 is_back
grep -h -e '^interpreter' -e '^flags' $registry/qemu-aarch64 $registry/sample
