# SPDX-License-Identifier: Apache-2.0
# systemd-binfmt removes all entries and registers its own; dpkg triggers it whenever a package brings one. It runs
# twenty times in a row, and twenty times after the entries are back.
. ./functions.sh

# systemd-binfmt needs a while for so many entries, so that the daemon runs meanwhile.
for number in {1..500}; do echo ":many-$number:M::MANY-$number.::/usr/bin/cat:"; done >/usr/lib/binfmt.d/many.conf
is_back() { [ "$(names | wc -w)" = 503 ] && ! names | grep -q '~binfmtd~'; }
within 10 is_back

failed=0
for round in {1..40}; do
    systemctl restart systemd-binfmt || { failed=$((failed + 1)) && systemctl status systemd-binfmt; }
    # systemd counts starts, and refuses the sixth within ten seconds.
    systemctl reset-failed systemd-binfmt
    [ $((round % 2)) = 0 ] || within 10 is_back
done
echo "$failed of $round restarts failed"
systemctl is-active systemd-binfmt binfmtd

within 10 is_back
grep -h -e '^interpreter' -e '^flags' $registry/qemu-aarch64 $registry/sample
