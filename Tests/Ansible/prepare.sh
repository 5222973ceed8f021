#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# prepare.sh ROOT
# The scripts' host without binfmtd; /srv has Ansible, the role, and binfmtd's package.
set -eu
root=$1
cd "$(dirname "$0")/../.."

Tests/SystemTests/Scripts/package.prepare.sh "$root"
cp -r .build/ansible-*/lib/python3*/site-packages "$root/srv/ansible"
cp -r deploy/ansible "$root/srv/playbook"
ln -s /srv/0.deb "$root/srv/playbook/binfmtd.deb"
