#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# archive-uri.sh
# Prints the address of the archive from which this machine's own apt gets its release of Debian.
set -eu
here=$(. /etc/os-release && echo "$VERSION_CODENAME")
apt-get indextargets --format '$(REPO_URI) $(CODENAME)' | awk -v here="$here" '$2 == here { print $1; exit }'
