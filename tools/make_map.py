"""Makes the world map from Natural Earth's countries (public domain), as packed by npm's world-atlas 2.0.2.

::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/make_map.py package/countries-110m.json package/countries-50m.json

Written: ``world_map.json`` in ``src/tipsearch/data``: for each country its outline as the ``d`` of an SVG path, for
states too small to have one a spot, by the values of our regions. The projection is Equal Earth (Šavrič, Patterson,
Jenny 2018), so that areas can be compared; Antarctica is left out. The same inputs give the same bytes.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "src" / "tipsearch" / "data"
#: Width of the map in its own units; coordinates are whole numbers of these.
WIDTH = 1000
#: Islands smaller than this (square units) are left out where their country has bigger ones.
LEAST = 1.5
ANTARCTICA = "010"
#: Without a code in ISO 3166 (Kosovo: a code for users), so without one in the source: told by name. Where our regions
#: have no value for a place, it is drawn with the one that its documents are filed under.
BY_NAME = {"Kosovo": "kosovo", "N. Cyprus": "cyprus", "Somaliland": "somalia"}
#: Drawn as parts of other countries in the source, or not at all: longitude and latitude, for a spot.
OWN_SPOTS = {
    "bonaire-sint-eustatius-and-saba": (-68.3, 12.2),
    "christmas-island": (105.6, -10.5),
    "cocos-keeling-islands": (96.8, -12.2),
    "gibraltar": (-5.35, 36.1),
    "guadeloupe": (-61.5, 16.2),
    "martinique": (-61.0, 14.6),
    "mayotte": (45.2, -12.8),
    "reunion": (55.5, -21.1),
    "tokelau": (-171.8, -9.2),
    "tuvalu": (179.2, -8.5),
}
#: France's piece of South America, which our regions have as a place of its own: west of this.
GUIANA = -40.0

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Atlas:
    """Countries of a TopoJSON file: code, name, and rings in degrees."""

    countries: list[tuple[str, str, list[Ring]]]


def main(arguments: list[str]) -> int:
    """Write the map; the arguments are the coarse and the finer file. Returns the exit status."""
    if len(arguments) != 2:  # noqa: PLR2004  the two files
        sys.stderr.write("usage: make_map.py countries-110m.json countries-50m.json\n")
        return 2
    coarse, fine = (read_atlas(Path(argument)) for argument in arguments)
    values = region_values()
    shapes = outlines(coarse, values)
    spots = {value: point for value, point in small_states(fine, values).items() if value not in shapes}
    height, top = extent(shapes)
    world = {
        "source": "Natural Earth 4.1 (public domain) through world-atlas 2.0.2; Equal Earth projection",
        "width": WIDTH,
        "height": height,
        "shapes": {value: path(shapes[value], top) for value in sorted(shapes)},
        "spots": {value: placed(spots[value], top) for value in sorted(spots)},
    }
    text = json.dumps(world, ensure_ascii=False, separators=(",", ":"))
    (DATA / "world_map.json").write_text(text + "\n", "utf-8")
    sys.stdout.write(f"{len(shapes)} countries, {len(spots)} spots, {len(text):,} bytes\n")
    return 0


def region_values() -> dict[str, str]:
    """Numeric codes of ISO 3166 to the values of our regions."""
    concepts = json.loads((DATA / "regions.json").read_text("utf-8"))["concepts"]
    return {code: one["value"] for one in concepts if len(one["codes"]) > 1 for code in one["codes"]}


def read_atlas(file: Path) -> Atlas:
    """The countries of a TopoJSON file."""
    topology = json.loads(file.read_text("utf-8"))
    arcs = [unpacked(arc, topology["transform"]) for arc in topology["arcs"]]
    return Atlas(
        [
            (one.get("id", ""), one["properties"]["name"], all_rings(one, arcs))
            for one in topology["objects"]["countries"]["geometries"]
        ]
    )


def unpacked(arc: list[list[int]], transform: dict[str, Any]) -> Ring:
    """An arc in degrees: points are kept as steps from the one before, in whole units."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def all_rings(geometry: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    """Rings of a country, holes (Lesotho in South Africa) among them: they are filled by the rule ``evenodd``."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [part for polygon in polygons for ring in polygon for part in cut(joined(ring, arcs))]


def cut(ring: Ring) -> list[Ring]:
    """The ring, or its parts on this and that side of the 180th meridian (Russia, Fiji)."""
    turned = [ring[0]]
    for x, y in ring[1:]:
        turned.append((x - 360 * round((x - turned[-1][0]) / 360), y))
    parts = []
    for shift in (-360.0, 0.0, 360.0):
        moved = [(x + shift, y) for x, y in turned]
        part = beside(beside(moved, 180.0, 1), -180.0, -1)
        parts += [part] if part else []
    return parts


def beside(ring: Ring, border: float, sign: int) -> Ring:
    """What of a ring lies west (sign 1) or east (-1) of a meridian."""
    kept: Ring = []
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        if (ax - border) * sign <= 0:
            kept.append((ax, ay))
        if (ax - border) * (bx - border) < 0:
            kept.append((border, ay + (by - ay) * (border - ax) / (bx - ax)))
    return kept


def joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """A ring of its arcs; a negative number is an arc run backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def outlines(atlas: Atlas, values: dict[str, str]) -> dict[str, list[Ring]]:
    """Region to its rings in units of the map, specks left out, largest first."""
    shapes: dict[str, list[Ring]] = {}
    for code, name, rings in atlas.countries:
        value = values.get(code) or BY_NAME.get(name)
        if code == ANTARCTICA or value is None:
            continue
        for ring in rings:
            overseas = value == "france" and ring[0][0] < GUIANA
            shapes.setdefault("french-guiana" if overseas else value, []).append(rounded(ring))
    return {value: large_enough(rings) for value, rings in shapes.items()}


def small_states(atlas: Atlas, values: dict[str, str]) -> dict[str, Point]:
    """Region to the middle of its largest island, in units of the map."""
    spots = {value: projected(point) for value, point in OWN_SPOTS.items()}
    for code, _name, rings in atlas.countries:
        if (value := values.get(code)) and code != ANTARCTICA:
            spots[value] = middle(max((rounded(ring) for ring in rings), key=area))
    return spots


def projected(point: Point) -> Point:
    """Equal Earth, scaled to the width, y downwards from the equator."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    longitude, latitude = map(math.radians, point)
    t = math.asin(math.sqrt(3) / 2 * math.sin(latitude))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * math.sqrt(3) * longitude * math.cos(t) / (3 * slope)
    y = t * (a4 * t**8 + a3 * t**6 + a2 * t**2 + a1)
    unit = WIDTH / (2 * 2.70663)
    return WIDTH / 2 + x * unit, -y * unit


def rounded(ring: Ring) -> Ring:
    """The projected ring in whole units, a point that repeats or lies on the way left out."""
    points: Ring = []
    for one in ring:
        x, y = projected(one)
        point = (float(round(x)), float(round(y)))
        if not points or points[-1] != point:
            if len(points) > 1 and on_the_way(points[-2], points[-1], point):
                points.pop()
            points.append(point)
    return points


def on_the_way(a: Point, b: Point, c: Point) -> bool:
    """Does b lie on the straight line from a to c?"""
    forward = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) >= 0
    return forward and (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def area(ring: Ring) -> float:
    """Of a ring, whichever way it runs."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def middle(ring: Ring) -> Point:
    """The mean of a ring's points."""
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def large_enough(rings: list[Ring]) -> list[Ring]:
    """The rings, largest first, without specks; never none."""
    ordered = sorted(rings, key=area, reverse=True)
    return [ring for place, ring in enumerate(ordered) if place == 0 or area(ring) >= LEAST]


def extent(shapes: dict[str, list[Ring]]) -> tuple[int, int]:
    """Height of the map, and the y of its upper edge."""
    ys = [int(y) for rings in shapes.values() for ring in rings for _, y in ring]
    return max(ys) - min(ys) + 8, min(ys) - 4


def path(rings: list[Ring], top: int) -> str:
    """The ``d`` of an SVG path: each ring by steps from its first point."""
    return "".join(ring_path(ring, top) for ring in rings)


def ring_path(ring: Ring, top: int) -> str:
    """One closed ring."""
    (x, y), *others = [(int(x), int(y) - top) for x, y in ring]
    if others and others[-1] == (x, y):
        others.pop()
    steps = []
    here = (x, y)
    for point in others:
        steps += [point[0] - here[0], point[1] - here[1]]
        here = point
    text = "".join(f"{step}" if step < 0 or place == 0 else f" {step}" for place, step in enumerate(steps))
    return f"M{x} {y}l{text}z"


def placed(point: Point, top: int) -> list[int]:
    """Whole coordinates of a spot."""
    return [round(point[0]), round(point[1]) - top]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
