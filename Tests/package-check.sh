#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# package-check.sh DEB RPM APK SYSEXT SBOM BUSYBOX
# All packages are of one version and one maintainer, contain the same bytes of the programs, and have the other files
# where their distributions look for them. The rpm is installed, upgraded and removed in a root that contains nothing else
# but a static BUSYBOX, beside stand-ins that tell what its scripts call. Needs no privilege.
set -eu -o pipefail
deb=$(realpath "$1") rpm=$(realpath "$2") apk=$(realpath "$3") sysext=$(realpath "$4") sbom=$(realpath "$5")
busybox=$(realpath "$6")
cd "$(dirname "$0")/.."
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
root=$temporary/root
export rpm busybox temporary root

unpack() {
    mkdir "$temporary"/{deb,rpm,apk}
    dpkg-deb -x "$deb" "$temporary/deb"
    rpm2cpio "$rpm" | (cd "$temporary/rpm" && cpio -idm --quiet)
    tar --warning=no-unknown-keyword -xzf "$apk" -C "$temporary/apk"
    unsquashfs -q -n -d "$temporary/sysext" "$sysext" >/dev/null
    # What differs by intention only in its place, its name or its compression.
    find "$temporary/deb" -name '*.gz' -exec gunzip -n {} +
}

unpack
grep -A 8 '"fileName"' "$sbom" | sed -n 's|.*"fileName": "./\(.*\)",|\1|p; s|.*"checksumValue": "\(.\{64\}\)".*|\1|p' |
    while read -r name && read -r sum; do
        case $name in binfmtd) path=usr/sbin/binfmtd ;; *) path=usr/bin/$name ;; esac
        for package in deb rpm apk sysext; do echo "$sum  $temporary/$package/$path"; done
    done >"$temporary/sums"
[ "$(wc -l <"$temporary/sums")" = 8 ]
sha256sum --quiet -c "$temporary/sums"

cd "$temporary"
maintainer=$(dpkg-deb -f "$deb" Maintainer) version=$(dpkg-deb -f "$deb" Version)
diff -u - <(rpm -qp --nosignature --qf '%{VERSION}\n%{PACKAGER}\n' "$rpm" &&
    sed -n 's/^pkgver = \(.*\)-r1$/\1/p; s/^maintainer = //p' apk/.PKGINFO) <<FIELDS
$version
$maintainer
$version
$maintainer
FIELDS

# Differences from the rpm.
compare() { diff -rq rpm "$1" | LC_ALL=C sort || :; }
diff -u - <(compare apk; compare sysext) <<'DIFFERENCES'
Only in apk/etc: init.d
Only in apk: .PKGINFO
Only in apk: .pre-deinstall
Only in rpm/usr: lib
Only in rpm/usr/lib/systemd: system-preset
Only in rpm: etc
Only in sysext/usr/lib/systemd/system: multi-user.target.d
Only in sysext/usr/lib: extension-release.d
Only in sysext/usr/share/doc/binfmtd: binfmtd.toml
DIFFERENCES

# Makes the root: `called` is what its scripts have called.
make_root() {
    mkdir -p "$root"/{bin,etc,run/systemd/system,usr/lib/systemd} "$root/var/lib/rpm"
    cp "$busybox" "$root/bin/busybox"
    for tool in sh cat echo rm; do ln -s busybox "$root/bin/$tool"; done
    for program in bin/systemctl usr/lib/systemd/systemd-update-helper; do
        printf '#!/bin/sh\necho "  ${0##*/} $*" >>/called\n' >"$root/$program"
        chmod +x "$root/$program"
    done
}

# Debian's rpm warns that a Debian host is not for rpm packages, unless told otherwise.
run() {
    local status=0
    echo "$ rpm $*"
    rpm --root "$root" --dbpath /var/lib/rpm --nosignature "$@" 2>&1 || status=$?
    [ $status = 0 ] || echo "exit status $status"
    ! cat "$root/called" 2>/dev/null || rm "$root/called"
}

life() {
    set -eu -o pipefail
    make_root
    cp "$rpm" "$temporary/binfmtd.rpm"
    cd "$temporary"
    run --force-debian --ignorearch -i binfmtd.rpm
    run -V binfmtd
    echo '# mine' >>"$root/etc/binfmtd/binfmtd.toml"
    run -V binfmtd
    run --force-debian --ignorearch -U --replacepkgs binfmtd.rpm
    echo "== Without systemd-update-helper"
    rm "$root/usr/lib/systemd/systemd-update-helper"
    run --force-debian --ignorearch -U --replacepkgs binfmtd.rpm
    run --force-debian -e binfmtd
    (cd "$root" && find . -name '*binfmt*' | LC_ALL=C sort)
}
export -f make_root run life
diff -u - <(unshare --map-root-user bash -c life) <<'EXPECTED'
$ rpm --force-debian --ignorearch -i binfmtd.rpm
  systemd-update-helper install-system-units binfmtd.service binfmtd-apply.service binfmtd-metrics.service binfmtd-varlink.socket
$ rpm -V binfmtd
$ rpm -V binfmtd
S.5....T.  c /etc/binfmtd/binfmtd.toml
exit status 1
$ rpm --force-debian --ignorearch -U --replacepkgs binfmtd.rpm
  systemd-update-helper mark-restart-system-units binfmtd.service binfmtd-metrics.service
== Without systemd-update-helper
$ rpm --force-debian --ignorearch -U --replacepkgs binfmtd.rpm
  systemctl daemon-reload
  systemctl try-restart binfmtd.service binfmtd-metrics.service
$ rpm --force-debian -e binfmtd
warning: /etc/binfmtd/binfmtd.toml saved as /etc/binfmtd/binfmtd.toml.rpmsave
  systemctl --no-reload disable --now binfmtd.service binfmtd-apply.service binfmtd-metrics.service binfmtd-varlink.socket
  systemctl stop binfmtd-release.service
./etc/binfmtd
./etc/binfmtd/binfmtd.toml.rpmsave
EXPECTED
echo "The packages of $(basename "$sysext" .raw) are whole"
