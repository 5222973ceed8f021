#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make-compiler.sh DIR
# Creates in DIR a small Debian sid with Debian's own Swift, to be chrooted into. Debian has Swift's static libraries for
# each of its architectures; they fit its own compiler only.
set -eu -o pipefail
dir=$1
uri=$("$(dirname "$(realpath "$0")")/../Tests/archive-uri.sh")

rm -rf "$dir" "$dir.new"
# Debuggers and editors' servers are two thirds of the package.
mmdebstrap --quiet --variant=minbase --include=swiftlang,g++,pkgconf,git \
    --aptopt='Acquire::Languages "none"' --aptopt='Acquire::Check-Valid-Until "false"' \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/libexec/swift/lib/libsourcekitd*' \
    --dpkgopt='path-exclude=/usr/libexec/swift/bin/lldb*' --dpkgopt='path-exclude=/usr/libexec/swift/lib/liblldb*' \
    --dpkgopt='path-exclude=/usr/libexec/swift/bin/sourcekit-lsp' sid "$dir.new" "$uri"
mv "$dir.new" "$dir"
