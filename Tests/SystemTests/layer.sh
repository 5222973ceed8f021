# SPDX-License-Identifier: Apache-2.0
# What boots is at $root: an overlay of $ROOT, by default this machine's own /, that $prepare has changed (it is called
# with the overlay's folder). Its script runs as a unit after multi-user.target, which $finally follows, if there is such
# a command, and then the system's end, or its reboot, where another script waits for that. To be read where mounts are
# private: every one of these is on memory, so that nothing is left of it.
mount -t tmpfs tmpfs /run
root=/run/overlay/root
mkdir -p /run/overlay/{upper,work,root}
mount -t overlay overlay -o "lowerdir=${ROOT:-/},upperdir=/run/overlay/upper,workdir=/run/overlay/work" "$root"

# Of a machine's own configuration nothing may take part.
rm -rf "$root"/etc/systemd/system "$root"/var/log/journal
mkdir -p "$root"/etc/systemd/system "$root"/var/log/journal "$root"/results
: >"$root/etc/fstab"
echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
cat >"$root/etc/systemd/system/test-script.service" <<UNIT
[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/bash -c 'cd /results; bash script.sh >>output 2>&1 </dev/null; echo \$\$? >status'
ExecStopPost=/bin/journalctl --sync
${finally:+ExecStopPost=$finally}
ExecStopPost=/bin/bash -c 'cd /results; [ -e rebooted.sh ] && mv rebooted.sh script.sh && next=reboot; systemctl --no-block \$\${next:-poweroff}'
UNIT
"$prepare" "$root"
