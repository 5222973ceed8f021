# SPDX-License-Identifier: Apache-2.0
# A kernel with CONFIG_BINFMT_MISC_BPF: entries of a BPF handler, with interpreters that the kernel holds for it.
. ./functions.sh

wait_for() { binfmtctl status --wait 10 "$@" >/dev/null && echo "in sync"; }
bound() { grep -v enabled $registry/emulated; }
is_back() { bound | grep -q riscv64; }
program() { printf '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\'"$1"'\0' >"$2" && chmod 755 "$2"; }

echo "== Without the handler"
printf '7.3\n%s\n' "$(uname -r)" | sort -CV && echo "Linux 7.3 or later"
cp /usr/local/bin/show-arguments /usr/local/bin/emulator
declare_in emulated.toml <<TOML
[entry.emulated]
bpf = "by_machine"
interpreters = { riscv64 = "/usr/local/bin/emulator", aarch64 = "/usr/bin/qemu-aarch64-static" }
TOML
binfmtctl reload

echo "== With it"
mount -t bpf bpf /sys/fs/bpf
bpftool struct_ops register /srv/by-machine.bpf.o /sys/fs/bpf | sed 's/ map.*//'
# The daemon may have tried again by itself.
binfmtctl reload | sed 's/ in .*//; /^Nothing changed\.$/d'
wait_for
bound
names
/srv/arm64/bin/busybox uname -m
program xf3 /srv/program.riscv64
/srv/program.riscv64 one
binfmtctl explain /srv/program.riscv64 | grep -v '^  [0-9a-f]0  '
binfmtctl status emulated | grep -v -e '^ *Since' -e '^ *owner' -e ' [kM]B$'

echo "== Removed, and all flushed"
for removed in 'echo -1 >'$registry/emulated "rm $registry/emulated" 'echo -1 >'$registry/status; do
    mark
    eval "$removed"
    within 10 is_back
    within 10 has_said -g 'restored'
    wait_for
    bound
done

echo "== An interpreter is replaced"
mark
cp /usr/local/bin/emulator /usr/local/bin/new
mv /usr/local/bin/new /usr/local/bin/emulator
within 10 has_said -g 'emulator was replaced'
wait_for
bound
/srv/program.riscv64 two

echo "== One is not there yet: the old entry stays"
sed -i 's|/usr/bin/qemu-aarch64-static|/usr/local/bin/later|' $entries/emulated.toml
binfmtctl reload
bound
cp /usr/bin/qemu-aarch64-static /usr/local/bin/later
wait_for
bound
/srv/arm64/bin/busybox uname -m

echo "== One that others can change"
chmod 777 /usr/local/bin/later
within 10 test ! -e $registry/emulated
binfmtctl status emulated | head -n 1
chmod 755 /usr/local/bin/later
wait_for
bound

echo "== Import, plan and export"
binfmtctl import | grep -A 5 'entry.emulated'
echo '[entry.other]
bpf = "by_machine"' >/srv/other.toml
binfmtctl plan --config /srv/other.toml | grep -A 2 other
binfmtctl export --format binfmt.d 2>/dev/null | grep -A 1 emulated
rm $entries/emulated.toml
binfmtctl reload >/dev/null
wait_for

echo "== The model of the registry"
systemctl stop binfmtd
cd /srv/tests
mkdir -p "$(cat source)/Tests"
ln -s /srv/tests/Fixtures "$(cat source)/Tests"
(echo ':status:B::::by_machine:' >$registry/register) 2>&1 | sed 's|.*: ||'
BINFMTD_TEST_REGISTRY=host env LD_LIBRARY_PATH=/srv/tests NO_COLOR=1 ./tests --testing-library swift-testing \
    --filter 'RegistryTests/theModel' 2>&1 | grep -e '✘' -e '✔ Test.*run with' | sed 's/ after.*//'
systemctl --failed --no-legend
