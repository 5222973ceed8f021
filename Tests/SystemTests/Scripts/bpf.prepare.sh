#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# bpf.prepare.sh ROOT
# A host whose kernel takes BPF handlers, with a handler to load and the test that proves the model of the registry.
set -eu
"$(dirname "$(realpath "$0")")/next-kernel.prepare.sh" "$1"
