# SPDX-License-Identifier: Apache-2.0
# Other programs ask the Varlink service, with systemd's own client.
. ./functions.sh
address=/run/binfmtd/io.binfmtd

# ask METHOD [PARAMETERS]: what the service replies, as an ordinary user.
ask() { setpriv --reuid 65534 --clear-groups varlinkctl -j call $address "$@" 2>&1; }
# values KEY: those of a document.
values() { grep -o "\"$1\":[^,}]*" | paste -s -d ' '; }

echo "== The service"
systemctl is-active binfmtd-varlink.socket
systemctl is-active binfmtd-varlink
stat -c '%A %U' $address
varlinkctl info $address | grep -v -i version
varlinkctl introspect $address io.binfmtd | grep -E '^(interface|method|error)'
varlinkctl introspect $address org.varlink.service | grep -cE '^(interface|method|error)'

echo "== The status"
ask io.binfmtd.GetStatus '{}' | tee status | values verdict
values state <status
values daemon <status | sed 's/[0-9]\{1,\}/N/'
ask io.binfmtd.GetStatus '{"names":["qemu-aarch64"]}' | values name

echo "== The platforms, proved in a sandbox"
ask io.binfmtd.GetPlatforms '{"names":["arm64","s390x","riscv64"]}' | values runs

echo "== Bad requests"
ask io.binfmtd.Nothing '{}'
ask io.binfmtd.GetStatus '{"names":1}'
ask io.binfmtd.Monitor '{}'

echo "== A monitor"
varlinkctl -j call --more $address io.binfmtd.Monitor '{"names":["sample"]}' >monitor &
within 5 grep -q active monitor
declare_in x.toml <<<$'[entry.sample]\nenabled = false'
within 5 grep -q disabled monitor
rm $entries/x.toml
within 5 eval '[ "$(tail -n 1 monitor | grep -c active)" = 1 ]'
kill $!

echo "== The process"
process=$(property MainPID binfmtd-varlink)
grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' "/proc/$process/status"
[ "$(stat -c %u "/proc/$process")" -gt 60000 ] && echo "a user of its own"
for place in /run /run/binfmtd /etc /usr $registry; do
    nsenter -t "$process" -m setpriv --reuid "$(stat -c %u "/proc/$process")" --clear-groups touch "$place/written" 2>/dev/null &&
        echo "it can write to $place"
done
systemd-analyze verify --man=no binfmtd-varlink.service binfmtd-varlink.socket && echo "verified"
systemd-analyze security --offline=true --threshold=16 binfmtd-varlink.service >security && echo "exposed to 1.6 at most" ||
    tail -n 1 security
journalctl -b -q | grep -i -e SIGSYS -e audit -e 'core.*dump' -e seccomp
