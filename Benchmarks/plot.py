# SPDX-License-Identifier: Apache-2.0
"""Draws plots as SVG."""

import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 40, 50
COLORS = ["#0b6e99", "#d9730d", "#5a5a5a", "#4d8b31", "#8a4fbf", "#b3261e", "#7a6a00"]


def lines(title, axis, series):
    """One curve per series, both axes logarithmic: {name: [(x, y), …]}."""
    points = [point for curve in series.values() for point in curve]
    x = scale([p[0] for p in points], LEFT, WIDTH - RIGHT)
    y = scale([p[1] for p in points], HEIGHT - BOTTOM, TOP)
    parts = [text(LEFT, 22, title, size=15)]
    for value in ticks([p[0] for p in points]):
        parts.append(text(x(value), HEIGHT - BOTTOM + 20, f"{value:,.0f}", anchor="middle"))
    for value in ticks([p[1] for p in points]):
        parts.append(rule(LEFT, y(value), WIDTH - RIGHT, y(value)))
        parts.append(text(LEFT - 8, y(value) + 4, f"{value:g}", anchor="end"))
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, axis, anchor="middle"))
    for color, (name, curve) in zip(COLORS, series.items()):
        path = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in curve)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="3" fill="{color}"/>' for a, b in curve]
    return picture(parts + names(series, x, y))


def names(series, x, y):
    """Each curve's name at its end, below earlier names."""
    ends = sorted((y(curve[-1][1]), x(curve[-1][0]), color, name) for color, (name, curve) in zip(COLORS, series.items()))
    parts, free = [], 0
    for height, place, color, name in ends:
        free = max(height, free)
        parts.append(text(place + 10, free + 4, name, color=color))
        free += 14
    return parts


def dots(title, unit, series):
    """One row per series, one dot per measurement, the axis logarithmic: [(name, [value, …]), …]."""
    values = [value for _, row in series for value in row]
    x = scale(values, LEFT, WIDTH - 40)
    parts = [text(LEFT, 22, f"{title}, {unit}", size=15)]
    for value in ticks(values):
        parts.append(rule(x(value), TOP, x(value), HEIGHT - BOTTOM))
        parts.append(text(x(value), HEIGHT - BOTTOM + 20, f"{value:g}", anchor="middle"))
    height = (HEIGHT - TOP - BOTTOM) / len(series)
    for index, (name, row) in enumerate(series):
        middle = TOP + height * (index + 0.6)
        parts.append(text(LEFT, middle - height * 0.25, name))
        for number, value in enumerate(row):
            offset = (number % 7 - 3) * height * 0.04
            color = COLORS[index % len(COLORS)]
            parts.append(f'<circle cx="{x(value):.1f}" cy="{middle + offset:.1f}" r="2.5" fill="{color}" fill-opacity=".5"/>')
    return picture(parts)


def scale(values, start, end):
    low, high = math.log(min(values)), math.log(max(values))
    extent = (high - low) or 1
    return lambda value: start + (math.log(value) - low) / extent * (end - start)


def ticks(values):
    """1, 2 and 5 times each power of ten between the least and the greatest."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    every = [factor * 10.0**power for power in range(low, high + 1) for factor in (1, 2, 5)]
    return [tick for tick in every if min(values) <= tick <= max(values)]


def rule(x1, y1, x2, y2):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def text(x, y, words, anchor="start", size=12, color="#222"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{color}">{escape(words)}</text>'


def picture(parts):
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
    return "\n".join([head, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>', *parts, "</svg>\n"])
