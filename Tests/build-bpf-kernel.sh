#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# build-bpf-kernel.sh DIR MINIMUM CLANG
# Builds in DIR the newest kernel whose source Debian has in experimental or in sid, with CONFIG_BINFMT_MISC_BPF, which
# Debian's own kernels lack, and as little else as systemd needs; a layer over a root of Debian 13. Beside it are bpftool and
# the tests' BPF handler, which CLANG compiles. Nothing is installed. It takes 2 GB, and 20 minutes of a processor. Fails if
# no such source has at least the version MINIMUM.
set -eu -o pipefail
here=$(dirname "$(realpath "$0")")
dir=$(realpath -m "$1") minimum=$2 clang=$3
new=$dir.new

rm -rf "$dir" "$new"
mkdir -p "$new/work/packages" "$new/work/tools" "$new/boot" "$new/srv" "$new/usr/lib/x86_64-linux-gnu" "$new/usr/sbin"
cd "$new/work/packages"
apt() { "$here/private-apt.sh" "$new/work/apt" "experimental sid" amd64 "$@"; }
version=$("$here/newest-version.sh" "$new/work/apt" linux-source "$minimum")
source=$(apt show "linux-source=$version" | sed -n 's/^Depends: //p' | grep -oE 'linux-source-[0-9.]+')
apt download "$source=$version"
dpkg-deb --fsys-tarfile "$source"_*.deb | tar -xOf - "./usr/src/$source.tar.xz" | tar -xJf - -C "$new/work"
rm "$source"_*.deb

# What compiles it, and what makes the kernel's types known to BPF programs.
apt-get -qq download flex bison m4 pahole libelf-dev libdw-dev libdw1 libelf1
for package in *.deb; do dpkg -x "$package" "$new/work/tools"; done
tools=$new/work/tools/usr
export PATH=$tools/bin:$PATH BISON_PKGDATADIR=$tools/share/bison LIBRARY_PATH=$tools/lib/x86_64-linux-gnu
export C_INCLUDE_PATH=$tools/include:$tools/include/x86_64-linux-gnu LD_LIBRARY_PATH=$tools/lib/x86_64-linux-gnu
cd "$new/work/$source"
make -s tinyconfig
scripts/kconfig/merge_config.sh -m .config "$here/bpf-kernel.config" >/dev/null
make -s olddefconfig
grep -q '^CONFIG_BINFMT_MISC_BPF=y' .config || {
    echo "Its configuration lacks CONFIG_BINFMT_MISC_BPF" >&2
    exit 1
}
make -s -j"$(nproc)" bzImage
cp arch/x86/boot/bzImage "$new/boot/vmlinuz"

cd "$new"
apt() { "$here/private-apt.sh" "$new/work/apt-13" trixie amd64 "$@"; }
apt update
(cd work/packages && rm -f ./*.deb && apt download bpftool libelf1t64)
for package in work/packages/*.deb; do dpkg -x "$package" work/13; done
cp work/13/usr/sbin/bpftool usr/sbin
cp -a work/13/usr/lib/x86_64-linux-gnu/libelf* usr/lib/x86_64-linux-gnu
"$clang" -target bpf -mcpu=v3 -O2 -g -c "$here/Programs/by-machine.bpf.c" -o srv/by-machine.bpf.o
rm -rf work
mv "$new" "$dir"
