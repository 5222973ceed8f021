# SPDX-License-Identifier: Apache-2.0
# The life of the package on a new host: installed, upgraded, broken, disabled, removed, purged.
. ./functions.sh

export DEBIAN_FRONTEND=noninteractive
config=/etc/binfmtd/binfmtd.toml

# dpkg_runs ARGUMENT...: prints only that dpkg has succeeded.
dpkg_runs() { dpkg "$@" >dpkg.log 2>&1 && echo "dpkg $1 succeeds" || fail "$(cat dpkg.log)"; }

service() {
    # systemd 252 prints nothing here about a unit that does not exist.
    local enabled
    enabled=$(systemctl is-enabled binfmtd 2>/dev/null)
    echo "${enabled:-not-found}"
    systemctl is-active binfmtd
}

entry() { grep -h -e '^interpreter' -e '^flags' $registry/"$1" 2>/dev/null || echo "no $1"; }

catalog() { journalctl --list-catalog 2>/dev/null | grep -q ' binfmtd: ' && echo "in the catalog" || echo "not in the catalog"; }

# Executes foreign programs, one after another, until the file `enough` exists.
execute_all_the_while() {
    local count=0 failed=0
    until [ -e enough ]; do
        /srv/arm64/bin/busybox true 2>/dev/null || failed=$((failed + 1))
        count=$((count + 1))
        [ $count -lt 5 ] || touch begun
    done
    [ $count -gt 10 ] && echo "$failed of all the programs failed"
}

echo "== Before: systemd-binfmt's entries, and a foreign one"
# A container has no automount of binfmt_misc.
systemctl start proc-sys-fs-binfmt_misc.mount systemd-binfmt
echo ':by-hand:E::by-hand::/usr/bin/tac:' >$registry/register
names

echo "== Installed"
dpkg_runs -i /srv/0.deb
service
property StatusText
names
entry qemu-aarch64
/srv/arm64/bin/busybox uname -m
catalog
stat -c '%A %U:%G %n' $config $entries
dpkg --verify binfmtd && echo "as packaged"
# An upgrade does not release the entries that a shutdown releases.
cp /usr/bin/qemu-aarch64-static /run/interpreter
declare_held off-root /run/interpreter
within 5 test -e $registry/off-root

echo "== Upgraded, while foreign programs are executed"
mark
before=$(property MainPID)
rm -f enough begun
execute_all_the_while >loop 2>&1 &
within 10 test -e begun
dpkg_runs -i /srv/1.deb
touch enough
wait $!
cat loop
service
[ "$(property MainPID)" != "$before" ] && echo "another process"
said
names

echo "== Upgraded with a broken configuration"
echo 'foreing = "keep"' >>$config
dpkg_runs -i /srv/2.deb
service
property StatusText
names
grep -c foreing $config

echo "== Upgraded while it is disabled"
sed -i '/foreing/d' $config
systemctl disable --now --quiet binfmtd
dpkg_runs -i /srv/3.deb
service
systemctl enable --now --quiet binfmtd
service
names
rm $entries/off-root.toml

echo "== Removed"
binfmtctl register --permanent -t s390x >/dev/null || echo "It cannot register."
echo '[qemu]' >$entries/by-hand.toml
ls $entries
echo '# mine' >>$config
dpkg_runs -r binfmtd
service
names
entry sample
entry by-hand
tail -n 1 $config
catalog

echo "== Purged"
dpkg_runs -P binfmtd
find /etc/binfmtd /run/binfmtd /etc/systemd/system /var/lib/systemd/deb-systemd-helper* -name '*binfmtd*' 2>/dev/null
find /etc/binfmtd -type f
dpkg -s binfmtd 2>/dev/null

echo "== With systemd-binfmt masked, its entries are not registered again"
systemctl mask --now --quiet systemd-binfmt
dpkg_runs -i /srv/0.deb
names
dpkg_runs -P binfmtd
names
