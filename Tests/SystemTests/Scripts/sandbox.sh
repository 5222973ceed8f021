# SPDX-License-Identifier: Apache-2.0
# Report B6: the daemon runs as root without capabilities, and all its work succeeds that way.
. ./functions.sh

echo "== The process"
grep -E '^(Uid|Cap...|Threads|NoNewPrivs|Seccomp):' "/proc/$(property MainPID)/status"
for kind in mnt net; do
    [ "$(readlink "/proc/$(property MainPID)/ns/$kind")" = "$(readlink "/proc/1/ns/$kind")" ] || echo "$kind of its own"
done

echo "== What it cannot do"
mkdir -p /home/user
for directory in /run /run/systemd/system /home/user /root /dev/shm /etc /usr; do
    nsenter -t "$(property MainPID)" -m touch "$directory/written" 2>/dev/null && echo "it can write to $directory"
done
nsenter -t "$(property MainPID)" -m touch /run/binfmtd/state/written && rm /run/binfmtd/state/written
for call in connect bind listen accept keyctl add_key mlock io_submit mount ptrace; do
    property SystemCallFilter | grep -qw "$call" && echo "it can call $call"
done

echo "== The native architecture: QEMU's emulator is there, the processor needs none"
ls /usr/bin/qemu-i386-static
names
journalctl -b -q | grep -i -e SIGSYS -e audit -e 'core.*dump' -e seccomp

echo "== The units"
for unit in binfmtd binfmtd-apply binfmtd-release; do
    systemd-analyze verify --man=no $unit.service && echo "$unit verified"
    systemd-analyze security --offline=true --threshold=10 $unit.service >security && echo "exposed to 1.0 at most" ||
        cat security
done
