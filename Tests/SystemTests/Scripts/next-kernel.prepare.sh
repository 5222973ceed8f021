#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# next-kernel.prepare.sh ROOT
# A host whose kernel has the new binfmt_misc, with what its flags are for, and with the test that proves the model of
# the registry.
set -eu
root=$1
here=$(dirname "$(realpath "$0")")
"$here/../prepare.sh" "$root"
cd "$here/../../.."

install "$here/kernel.sh" "$root/srv"
install .build/test/show-arguments "$root/usr/local/bin"

# A program of another libc, as far as its loader goes: there is none at the path that it names.
loader=$(readelf -l "$root/usr/bin/true" | sed -n 's/.*interpreter: \(.*\)\]/\1/p')
install "$root$loader" "$root/usr/local/lib/ld-other.so"
install -d "$root/srv/other"
sed "s|$loader|${loader/lib/LIB}|" "$root/usr/bin/true" >"$root/srv/other/true.other"
sed "s|$loader|${loader/lib/LIB}|" "$root/usr/bin/readlink" >"$root/srv/other/readlink.other"
chmod 755 "$root"/srv/other/*

# The tests with their fixtures, and with Swift's libraries beside them.
install -d "$root/srv/tests"
install -s .build/debug/binfmtdPackageTests.xctest "$root/srv/tests/tests"
ldd .build/debug/binfmtdPackageTests.xctest | sed -n 's/.*=> \([^ ]*\) .*/\1/p' | grep -v -e '/ld-linux' -e '/libc\.so' \
    -e '/libm\.so' | xargs cp -Lt "$root/srv/tests"
# They look for these where they were built, which may be below a directory that the system hides.
pwd >"$root/srv/tests/source"
install -d "$root/srv/tests/Fixtures"
cp -r Tests/Fixtures/plan "$root/srv/tests/Fixtures"
