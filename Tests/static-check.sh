#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# static-check.sh BINFMTD BINFMTCTL
# The programs need nothing of the host: they have no interpreter and no shared library, work in a root that contains
# nothing else, and where /proc is not mounted do what they can, or say that it is missing.
set -eu
binfmtd=$1 binfmtctl=$2
cd "$(dirname "$0")/.."
. Tests/run-in-root.sh

for program in "$binfmtd" "$binfmtctl"; do
    [ "$(readelf -lWd "$program" | grep -cE 'INTERP|NEEDED|R(UN)?PATH')" = 0 ] || { readelf -lWd "$program" && exit 1; }
done

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{proc,run,etc/binfmtd/entries.d}
cp "$binfmtd" "$root/binfmtd"
cp "$binfmtctl" "$root/binfmtctl"
printf '[entry.x]\ninterpreter = "/binfmtd"\nextension = "x"\n' >"$root/etc/binfmtd/entries.d/x.toml"

session() {
    set -eu
    run /binfmtctl check
    run /binfmtctl check /etc/binfmtd/entries.d/x.toml
    run /binfmtctl explain --registry / /binfmtd | head -n 2
    run /binfmtctl status
    mount --rbind /proc "$root/proc"
    mount -t binfmt_misc none "$root/proc/sys/fs/binfmt_misc"
    run /binfmtctl apply
    run /binfmtctl status | head -n 3
}
export -f session
export root

diff -u - <(unshare --map-root-user --mount bash -c session) <<'EXPECTED'
$ /binfmtctl check
1 entry, 0 errors, 0 warnings.
$ /binfmtctl check /etc/binfmtd/entries.d/x.toml
1 entry, 0 errors, 0 warnings.
$ /binfmtctl explain --registry / /binfmtd
The file runs:
$ /binfmtctl status
/proc is not mounted; run 'mount -t proc proc /proc'
exit status 1
$ /binfmtctl apply
Entry 'x' registered: interpreter /binfmtd
Entries: 1 active
$ /binfmtctl status
  ENTRY  STATE   FLAGS  RECOGNISES  INTERPRETER  DECLARED
● x      active         *.x         /binfmtd     /etc/binfmtd/entries.d/x.toml:1
EXPECTED
