#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# check.sh
# Runs the Ansible role in a booted system (script.sh), and compares what it does with the expected output. Needs root.
set -eu
cd "$(dirname "$0")/../.."
results=$(mktemp -d)
trap 'rm -r "$results"' EXIT

cp Tests/SystemTests/functions.sh Tests/Ansible/script.sh "$results"
Tests/SystemTests/boot-nspawn.sh "$results" Tests/Ansible/prepare.sh || { cat "$results/console" >&2 && exit 1; }
[ -z "${BINFMTD_UPDATE_FIXTURES:-}" ] || cp "$results/output" Tests/Ansible/expected
diff -u Tests/Ansible/expected "$results/output"
