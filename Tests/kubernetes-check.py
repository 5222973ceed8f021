#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kubernetes-check.py PATCHED CHART...: the manifest says what the chart says, plain and with the patch for metrics.

Writes the patched manifest to PATCHED. The charts are those that helm renders without and with metrics."""
import pathlib
import sys

import yaml

directory = pathlib.Path(__file__).parent.parent / "deploy/kubernetes"


def daemon_set(text):
    return next(item for item in yaml.safe_load_all(text) if item and item["kind"] == "DaemonSet")


def pod(text):
    """What the pods are, but for what only a chart has: the drop-ins' ConfigMap, and names after the release."""
    spec = daemon_set(text)["spec"]["template"]["spec"]
    spec["volumes"] = {item.pop("name"): item for item in spec["volumes"] if item["name"] != "entries"}
    for container in spec["containers"]:
        container["volumeMounts"] = [mount for mount in container["volumeMounts"] if mount["name"] != "entries"]
    spec["containers"] = {item.pop("name"): item for item in spec["containers"]}
    return spec


def merged(manifest, patch):
    """Strategic merge, as far as the patch needs it: lists of named things grow."""
    spec, more = manifest["spec"]["template"]["spec"], patch["spec"]["template"]["spec"]
    for key, value in more.items():
        spec[key] = spec.get(key, []) + value if isinstance(value, list) else value
    return manifest


plain = (directory / "binfmtd.yaml").read_text()
patch = yaml.safe_load((directory / "patches/metrics.yaml").read_text())
patched = yaml.safe_dump(merged(daemon_set(plain), patch))
pathlib.Path(sys.argv[1]).write_text(patched)
for ours, chart in zip([plain, patched], sys.argv[2:], strict=True):
    a, b = pod(ours), pod(pathlib.Path(chart).read_text())
    assert a == b, f"{chart}:\n{yaml.safe_dump(a)}\nis not\n{yaml.safe_dump(b)}"
print("The manifests are those of the chart")
