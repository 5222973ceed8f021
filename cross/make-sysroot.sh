#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make-sysroot.sh DIR ARCH
# Unpacks into DIR what a program for ARCH of Debian sid is compiled and linked with: the C and C++ libraries, Swift's
# static libraries and modules. Nothing of it runs. DIR/packages names the packages and their versions.
set -eu -o pipefail
apt() { "$here/../Tests/private-apt.sh" "$debs" sid "$arch" "$@"; }
here=$(dirname "$(realpath "$0")")
dir=$(realpath -m "$1") arch=$2
debs=$dir.debs

rm -rf "$dir" "$dir.new" "$debs"
mkdir -p "$dir.new/usr/lib" "$debs"
# What they are where /usr is merged; some packages still have files below /lib.
ln -s usr/lib "$dir.new/lib"
apt update
gcc=$(apt depends g++ | sed -n 's/.*Depends: g++-\([0-9]*\)$/\1/p')
for package in libc6 libc6-dev linux-libc-dev "libgcc-$gcc-dev" "libstdc++-$gcc-dev" libgcc-s1 libstdc++6 swiftlang; do
    (cd "$debs" && apt download "$package")
done
swift=./usr/libexec/swift/lib
for deb in "$debs"/*.deb; do
    files=(--exclude './usr/share/*')
    case $deb in */swiftlang_*) files=(--wildcards "$swift/swift/*" "$swift/swift_static/*" "$swift/clang/*") ;; esac
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$dir.new" --keep-directory-symlink "${files[@]}"
    dpkg-deb -W --showformat '${Package} ${Version}\n' "$deb"
done | sed 's/^swiftlang /swift /; s/^\(libstdc++\)-[0-9]*-dev /\1-dev /' >"$dir.new/packages"
# libsystemd is the same version for every architecture.
"$here/../Tests/fetch-foreign.sh" "$debs" trixie libsystemd-dev "$arch"
cp -a "$debs/$arch/usr"/{include,lib} "$dir.new/usr"
echo "libsystemd-dev $(dpkg-parsechangelog -S Version -l "$debs/$arch/usr/share/doc/libsystemd-dev/changelog.Debian.gz")" \
    >>"$dir.new/packages"
rm -r "$debs"
# The compiler looks for its libraries below /usr/lib of a sysroot.
for part in swift swift_static clang; do ln -sfn "../libexec/swift/lib/$part" "$dir.new/usr/lib/$part"; done
# Absolute links lead out of the sysroot.
find "$dir.new" -lname '/*' -printf '%p %l\n' |
    while read -r link target; do ln -sfr "$dir.new$target" "$link"; done
mv "$dir.new" "$dir"
