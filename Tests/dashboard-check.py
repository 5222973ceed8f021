#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The alerts and the dashboard use metrics that binfmtctl prints, and no others."""
import json
import pathlib
import re

root = pathlib.Path(__file__).parent.parent
printed = set(re.findall(r"^# TYPE (\S+)", (root / "Tests/Fixtures/status/metrics.prom").read_text(), re.M))
dashboard = json.loads((root / "deploy/grafana/binfmtd.json").read_text())
expressions = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
rules = re.findall(r"^ +expr: (.*)$", (root / "deploy/prometheus/binfmtd.rules.yaml").read_text(), re.M)
assert printed and expressions and rules
queries = expressions + rules + [variable["query"] for variable in dashboard["templating"]["list"]]
unknown = set(re.findall(r"\bbinfmtd_\w+", " ".join(queries))) - printed
assert not unknown, f"nothing prints {', '.join(sorted(unknown))}"
print(f"{len(rules)} alerts and {len(expressions)} panels: of metrics that are printed")
