# SPDX-License-Identifier: Apache-2.0
# With either version of control groups, the daemon has its own, is restarted after it was killed, and leaves none
# behind.
. ./functions.sh

# With version 1, systemd has its own hierarchy.
hierarchy=/sys/fs/cgroup
[ ! -e $hierarchy/systemd/cgroup.procs ] || hierarchy=/sys/fs/cgroup/systemd
group=$hierarchy$(property ControlGroup)

is_alone() { [ "$(cat "$group/cgroup.procs")" = "$(property MainPID)" ]; }

echo "== The daemon's group"
stat -f -c %T $hierarchy
property ControlGroup
is_alone && echo "it is alone there"

echo "== Killed"
before=$(property MainPID)
systemctl kill -s KILL binfmtd
within 5 test ! -e "/proc/$before"
within 10 systemctl is-active binfmtd
property NRestarts
is_alone && echo "it is alone there"
names

echo "== Stopped"
systemctl stop binfmtd
property Result
test -e "$group" || echo "the group is gone"
