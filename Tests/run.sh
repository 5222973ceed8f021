#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# run.sh PROGRAMS BUSYBOX
# Runs the binfmtd in the directory PROGRAMS on this host's own binfmt_misc, runs BUSYBOX, a program of another
# architecture, and keeps the daemon in the foreground until Ctrl-C.
set -eu
programs=$1 busybox=$2

# A signal from the terminal also reaches the daemon; a second one does no harm.
stop() {
    trap '' INT TERM
    kill -TERM "$daemon" 2>/dev/null || :
    wait "$daemon" || :
}
trap 'stop; exit 1' EXIT
trap 'trap - EXIT; stop; say_goodbye; exit 0' INT TERM

say_goodbye() {
    echo
    echo "binfmtd has stopped. Its entries stay registered; to remove them: $programs/binfmtctl release"
}

# In the journal's format, each line begins with its level.
"$programs/binfmtd" --mount 2> >(trap '' INT; exec sed -u 's/^<[0-7]>//' >&2) &
daemon=$!

"$programs/binfmtctl" status --wait 10 >/dev/null || :
if ! machine=$("$busybox" uname -m); then
    echo "$busybox does not run on this host:" >&2
    "$programs/binfmtctl" explain "$busybox" >&2 || :
    exit 1
fi
echo
echo "A program for $machine runs on this $(uname -m) host: $busybox uname -m prints $machine."
echo "binfmtd keeps it so until you press Ctrl-C. To see all entries: $programs/binfmtctl"
status=0
wait "$daemon" || status=$?
trap - EXIT
exit $status
