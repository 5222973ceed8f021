# SPDX-License-Identifier: Apache-2.0
# binfmtd-metrics.service writes the file for node_exporter whenever something changes.
. ./functions.sh
directory=/var/lib/prometheus/node-exporter
file=$directory/binfmtd.prom

# metric NAME: its lines, without the numbers that differ each time.
metric() { grep "^binfmtd_$1[ {]" $file | sed 's/emulator="[^"]*"/emulator="V"/'; }
has() { grep -qx "binfmtd_$1" $file; }

echo "== Without node_exporter"
systemctl start binfmtd-metrics
systemctl is-active binfmtd-metrics

echo "== With it"
mkdir -p $directory
systemctl enable --now --quiet binfmtd-metrics
systemctl is-active binfmtd-metrics
within 5 has 'in_sync 1'
metric running
metric entry_info
stat -c '%A %U %n' $file

echo "== Another program empties the table"
echo -1 >$registry/status
within 5 has 'entry_repairs_total{entry="qemu-aarch64"} 1'
within 5 has 'in_sync 1'
metric entry_repairs_total

echo "== A broken file"
declare_in x.toml <<<'extention = 1'
within 5 has 'in_sync 0'
metric configuration_issues
rm $entries/x.toml
within 5 has 'in_sync 1'

echo "== The daemon is killed, and restarted"
systemctl kill -s KILL binfmtd
within 5 has 'running 0'
within 10 has 'running 1'

echo "== Stopped"
systemctl stop binfmtd
within 5 has 'running 0'
systemctl stop binfmtd-metrics
ls -A $directory
property Result binfmtd-metrics

echo "== The unit"
systemd-analyze verify --man=no binfmtd-metrics.service && echo "verified"
systemd-analyze security --offline=true --threshold=10 binfmtd-metrics.service >security && echo "exposed to 1.0 at most" ||
    tail -n 1 security
journalctl -b -q | grep -i -e SIGSYS -e audit -e 'core.*dump' -e seccomp
