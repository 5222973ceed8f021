# SPDX-License-Identifier: Apache-2.0
"""Tables, and figures with their spread."""

import statistics
import sys


class Table:
    def __init__(self, title, *columns):
        self.title, self.columns, self.rows = title, columns, []

    def add(self, *cells):
        self.rows.append(cells)
        print(f"{self.title}: {' | '.join(map(str, cells))}", file=sys.stderr)

    def __str__(self):
        lines = ["| " + " | ".join(map(str, row)) + " |" for row in [self.columns, *self.rows]]
        return "\n".join([f"## {self.title}\n", lines[0], "| " + " | ".join(["---"] * len(self.columns)) + " |", *lines[1:]])


def spread(times, unit=1e3):
    """The median, with the interval of the middle half."""
    ordered = sorted(times)
    quarter = len(ordered) // 4
    middle, low, high = (
        digits(time * unit) for time in (statistics.median(ordered), ordered[quarter], ordered[-1 - quarter]))
    return f"{middle} [{low}–{high}]"


def digits(value):
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def ratio(ours, theirs):
    """The median of the pairs' ratios, with the interval of the middle half."""
    return spread([a / b for a, b in zip(ours, theirs)], unit=1)


def worst(times, unit=1e3):
    """The 99th percentile."""
    return f"{sorted(times)[int(len(times) * 0.99)] * unit:.2f}"
