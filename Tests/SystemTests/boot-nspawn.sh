#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# boot-nspawn.sh RESULTS PREPARE [NSPAWN-OPTION...]
# Boots a real systemd, with its journal, in the system that layer.sh makes of ROOT and PREPARE, runs RESULTS/script.sh
# there as a unit after multi-user.target, and powers off. Where there is a RESULTS/rebooted.sh, the system reboots first,
# and that is run in the same way. Leaves in RESULTS: output of the scripts, status of the last one, journal/, and console,
# what nspawn said. Needs root. Its environment may say:
# ROOT: what it boots, this machine's own / unless told otherwise
# CGROUPS: the version of its control groups, 2 or 1
set -eu -o pipefail
here=$(dirname "$(realpath "$0")")
results=$(realpath "$1") prepare=$(realpath "$2")
shift 2
name=binfmtd-test-$$
seconds=${BOOT_TIMEOUT:-60}

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

# A control group of its own, whatever started this: of cgroup v2, or of both halves of the mixed set-up.
groups=()
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    [ ! -e "$hierarchy/cgroup.procs" ] || groups+=("$hierarchy/$name")
done

# The groups go when the last process that holds this pipe has ended, killed or not: this one and all that it starts.
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

    # Without a user namespace it would share, and change, this machine's own binfmt_misc. When the system reboots, this
    # ends with 133.
    status=133
    until [ $status != 133 ]; do boot "$@" && status=0 || status=$?; done
    exit $status
}

boot() {
    timeout -s KILL "$seconds" systemd-nspawn -q -D "$root" --private-users=identity --register=no --keep-unit --private-network \
        -M "$name" --bind="$results":/results --bind="$results/journal":/var/log/journal "$@" \
        -b systemd.firstboot=no systemd.wants=test-script.service </dev/null >>"$results/console" 2>&1
}

mkdir -p "$results/journal"
export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=$((${CGROUPS:-2} - 1)) here results prepare name seconds
export -f inside boot
status=0
(
    for group in "${groups[@]}"; do echo "$BASHPID" >"$group/cgroup.procs"; done
    # Whoever kills this script kills unshare, and that its child, which is the init of all that runs below it.
    exec setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc \
        bash -c 'inside "$@"' inside "$@"
) || status=$?
[ $status != 137 ] || echo "The boot did not end within $seconds s" >&2
exec {alive}>&-
wait "$cleaner"
exit $status
