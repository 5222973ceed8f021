#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# boot-nspawn.sh RESULTS PREPARE [NSPAWN-OPTION...]
# Boots a real systemd, with its journal, in the system that layer.sh makes from ROOT and PREPARE, runs
# RESULTS/script.sh there as a unit after multi-user.target, and powers off. If there is a RESULTS/rebooted.sh, the
# system reboots first, and that script runs in the same way. Leaves in RESULTS: output (of the scripts), status (of the
# last one), journal/, and console (nspawn's output). Needs root. Its environment may have:
# ROOT: the system to boot, or several directories that make it up, separated by colons, the uppermost first; this
# machine's own / by default
# CGROUPS: the version of its control groups, 2 or 1
# TABLE: a file of register strings, one a line: the system boots as on a machine whose own binfmt_misc has these
# entries
set -eu -o pipefail
here=$(dirname "$(realpath "$0")")
results=$(realpath "$1") prepare=$(realpath "$2")
shift 2
name=binfmtd-test-$$
seconds=${BOOT_TIMEOUT:-180}

cannot() {
    echo "A systemd cannot be booted here: $1" >&2
    exit 69
}
[ "$(id -u)" = 0 ] || cannot "this needs root"
[ "$(awk '{ print $1, $2, $3 }' /proc/self/uid_map)" = "0 0 4294967295" ] ||
    cannot "it would be in a user namespace, where it may not mount what it has to"
type systemd-nspawn >/dev/null 2>&1 || cannot "there is no systemd-nspawn; run make test-deps"
unshare --map-root-user --mount mount -t binfmt_misc none /proc/sys/fs/binfmt_misc 2>/dev/null ||
    cannot "$(uname -sr) has one binfmt_misc for all (Linux 6.7 brings one a user namespace), or the module is missing"

# A separate control group, independent of the caller's: of cgroup v2, or of both halves of the mixed set-up.
groups=()
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    [ ! -e "$hierarchy/cgroup.procs" ] || groups+=("$hierarchy/$name")
done

# The groups are removed when the last process that holds this pipe has exited, killed or not: this one and all its
# children.
clean() {
    trap '' HUP INT TERM
    cat >/dev/null
    for _ in {1..100}; do
        left=0
        for group in "${groups[@]}"; do
            find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || :
            [ ! -e "$group" ] || left=1
        done
        [ $left = 1 ] || break
        sleep 0.05
    done
}
exec {alive}> >(clean)
cleaner=$!
for group in "${groups[@]}"; do mkdir "$group"; done

inside() {
    set -eu
    . "$here/layer.sh"
    export root

    # systemd-nspawn exits with 133 when the system reboots.
    status=133
    until [ $status != 133 ]; do ${TABLE:+beside_table} boot "$@" && status=0 || status=$?; done
    exit $status
}

# Without a user namespace the system would share, and change, this machine's own binfmt_misc. With one it has its own,
# but only once that has been mounted; until then the kernel uses the nearest enclosing one. So it is mounted before
# systemd starts, and unmounted again, so that systemd finds it unmounted and empty.
boot() {
    timeout -s KILL "$seconds" systemd-nspawn -q -D "$root" --private-users=identity --register=no --keep-unit --private-network \
        --kill-signal=SIGRTMIN+3 -M "$name" --bind="$results":/results --bind="$results/journal":/var/log/journal "$@" \
        sh -c 'registry=/proc/sys/fs/binfmt_misc
            mount -t binfmt_misc none $registry && umount $registry && exec /lib/systemd/systemd "$@"' sh \
        systemd.firstboot=no systemd.wants=test-script.service </dev/null >>"$results/console" 2>&1
}

# beside_table COMMAND [ARGUMENT...]: runs the command in a user namespace whose binfmt_misc has the entries of $TABLE,
# as this machine's own might. User IDs are the same inside and outside.
beside_table() {
    local fifos child status=0
    fifos=$(mktemp -d /run/beside-table.XXXXXX)
    mkfifo "$fifos/unshared" "$fifos/mapped"
    # A program has root's capabilities only if it is executed after the user IDs are mapped.
    unshare --user --mount bash -euc '
        echo >"$1/unshared"
        read -r <"$1/mapped"
        shift
        exec bash -euc "fill_table; \"\$@\"" bash "$@"' bash "$fifos" "$@" &
    child=$!
    read -r <"$fifos/unshared"
    echo 0 0 4294967295 >"/proc/$child/uid_map"
    echo 0 0 4294967295 >"/proc/$child/gid_map"
    echo >"$fifos/mapped"
    wait "$child" || status=$?
    return $status
}

fill_table() {
    mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
    while read -r entry; do printf %s "$entry" >/proc/sys/fs/binfmt_misc/register; done <"$TABLE"
    # systemd-nspawn moves this mount, which is not allowed for a mount inherited from outside.
    mount --rbind "$root" "$root"
}

mkdir -p "$results/journal"
export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=$((${CGROUPS:-2} - 1)) here results prepare name seconds
export -f inside boot beside_table fill_table
status=0
(
    for group in "${groups[@]}"; do echo "$BASHPID" >"$group/cgroup.procs"; done
    # A signal that kills this script also kills unshare, which kills its child, the init of everything below it.
    exec setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc \
        bash -c 'inside "$@"' inside "$@"
) || status=$?
[ $status != 137 ] || echo "The boot did not end within $seconds s" >&2
exec {alive}>&-
wait "$cleaner"
exit $status
