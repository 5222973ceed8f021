#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# releases-check.sh BINFMTD BINFMTCTL ROOT...
# The same static programs do the same in each ROOT, a release of a distribution, and in an empty one: they say what a pass
# would do, make it, and show the result. Nothing in a ROOT is changed. Needs no privilege.
set -eu -o pipefail
. "$(dirname "$0")/run-in-root.sh"
binfmtd=$(realpath "$1") binfmtctl=$(realpath "$2")
shift 2
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
mkdir "$empty"/{proc,run}

session() {
    set -eu -o pipefail
    mount -t tmpfs -o mode=755 tmpfs "$root/run"
    mkdir "$root/run/bin"
    cp "$binfmtd" "$binfmtctl" "$root/run/bin"
    mkdir -p "$root/run/binfmtd/entries.d"
    printf '[entry.x]\ninterpreter = "/run/bin/binfmtctl"\nextension = "x"\n' >"$root/run/binfmtd/entries.d/x.toml"
    mount --rbind /proc "$root/proc"
    mount -t binfmt_misc none "$root/proc/sys/fs/binfmt_misc"
    run /run/bin/binfmtd --version
    run /run/bin/binfmtctl plan
    run /run/bin/binfmtctl apply
    # The rest is advice that names packages of the distribution.
    run /run/bin/binfmtctl status | head -n 5
}
export -f session
export binfmtd binfmtctl

for root in "$@" "$empty"; do
    export root
    name=$(. "$root/etc/os-release" 2>/dev/null && echo "$PRETTY_NAME" || echo "an empty root")
    diff -u - <(unshare --map-root-user --mount bash -c session) <<EXPECTED || { echo "in $name" && exit 1; }
$ /run/bin/binfmtd --version
$("$binfmtd" --version)
$ /run/bin/binfmtctl plan
+ x (register): declared
    + *.x → /run/bin/binfmtctl
1 change in 1 write to the kernel.
exit status 2
$ /run/bin/binfmtctl apply
Entry 'x' registered: interpreter /run/bin/binfmtctl
Entries: 1 active
$ /run/bin/binfmtctl status
  ENTRY  STATE   FLAGS  RECOGNISES  INTERPRETER         DECLARED
● x      active         *.x         /run/bin/binfmtctl  /run/binfmtd/entries.d/x.toml:1

Entries: 1 active
EXPECTED
    echo "The programs run in $name"
done
