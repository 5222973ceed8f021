#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tarball-check.sh TARBALL
# Unpacks the tarball at an unusual prefix: it has the files that `make install` installs, with their modes whatever the
# umask is; its programs work, here and in an empty root; and its script removes all of it and nothing else.
set -eu
tarball=$(realpath "$1")
cd "$(dirname "$0")/.."
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

prefix="$temporary/an odd prefix"
mkdir "$prefix"
tar -xf "$tarball" -C "$prefix" --strip-components=1
(umask 077 && make -s install DESTDIR="$temporary" PREFIX=/usr/local)
mv "$temporary/etc/binfmtd/binfmtd.toml" "$temporary/usr/local/share/doc/binfmtd"
mv "$prefix/share/binfmtd/files" "$prefix/share/binfmtd/uninstall" "$temporary"
diff -r "$temporary/usr/local" "$prefix"
modes() { (cd "$1" && find . -type f -printf '%m %p\n' | LC_ALL=C sort); }
diff <(modes "$temporary/usr/local") <(modes "$prefix")

version=$("$prefix/bin/binfmtctl" --version)
[ "${version#* }" = "$("$prefix/sbin/binfmtd" --version | sed 's/^binfmtd //')" ]
mkdir -p "$temporary/root/etc/binfmtd"
printf '[daemon]\nbinfmt-d = false\n[qemu]\ntargets = []\n[entry.x]\ninterpreter = "/bin/true"\nextension = "x"\n' \
    >"$temporary/root/etc/binfmtd/binfmtd.toml"
seen=$("$prefix/bin/binfmtctl" exec --root "$temporary/root" -- ls /proc/sys/fs/binfmt_misc | paste -s -d ' ')
[ "$seen" = "register status x" ] || { echo "binfmtctl exec shows: $seen" && exit 1; }
Tests/static-check.sh "$prefix/sbin/binfmtd" "$prefix/bin/binfmtctl"

mv "$temporary/files" "$temporary/uninstall" "$prefix/share/binfmtd"
mkdir -p "$prefix/share/man/man1" "$prefix/lib/systemd/system"
: | tee "$prefix/share/man/man1/another.1" >"$prefix/bin/binfmtctl.local"
# The script would release this host's own entries.
unshare --map-root-user --mount sh -c 'mount -t tmpfs tmpfs /run && exec "$@"' sh "$prefix/share/binfmtd/uninstall" >/dev/null
diff -u - <(cd "$prefix" && find . -type f | LC_ALL=C sort) <<'OTHERS'
./bin/binfmtctl.local
./share/man/man1/another.1
OTHERS
[ -z "$(find "$prefix" -name '*binfmtd')" ] || { find "$prefix" && exit 1; }
echo "$version runs anywhere"
