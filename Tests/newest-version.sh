#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# newest-version.sh DIR PACKAGE MINIMUM
# Prints the newest version of PACKAGE that Debian has outside its releases, in experimental or in sid, with the apt state
# of private-apt.sh in DIR. Fails if that is lower than MINIMUM.
set -eu -o pipefail
apt() { "$(dirname "$(realpath "$0")")/private-apt.sh" "$dir" "experimental sid" amd64 "$@"; }
dir=$1 package=$2 minimum=$3
apt update
version=$(apt madison "$package" | awk -F ' *\\| *' '{ print $2 }' | sort -V | tail -n 1)
dpkg --compare-versions "${version:-0}" ge "$minimum~" || {
    echo "Neither experimental nor sid has $package $minimum or later: the newest is ${version:-none}" >&2
    exit 1
}
echo "$version"
