# SPDX-License-Identifier: Apache-2.0
# Makes the system to boot at $root: an overlay of $ROOT, by default this machine's own /, that $prepare has changed (it
# is called with the overlay's directory). Its script runs as a unit after multi-user.target, followed by the command
# $finally, if there is one, and then by the system's shutdown, or its reboot if there is another script for that. To be
# sourced where mounts are private: all of these are in memory, so that nothing remains.
mount -t tmpfs tmpfs /run
root=/run/overlay/root
mkdir -p /run/overlay/{upper,work,root}
mount -t overlay overlay -o "lowerdir=${ROOT:-/},upperdir=/run/overlay/upper,workdir=/run/overlay/work" "$root"

# This machine's own configuration must not take part.
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
