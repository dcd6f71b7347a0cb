"""Rebuild ``geography.geojson``, the background map of the western Iraq scenario.

The map is cut out of three ordinary packages and one file drawn by hand:

- countries and borders: ``countries-10m.json`` of the npm package ``world-atlas``;
- provinces: ``world_map.gpkg`` of the Debian package ``qgis-common``;
- rivers and lakes: the ``ne_10m_*.shp`` files of the Debian package ``flightgear-data-base``;
- roads and Lake Qadisiyah: ``by-hand.geojson`` beside this script.

What you do not name on the command line is fetched into a temporary folder. That needs ``npm``,
``apt-get`` (after ``apt-get update``), ``dpkg-deb`` and about 1.5 GB of room::

    pip install "shapely>=2.1" "pyshp>=3"
    python rebuild.py
    python rebuild.py --countries countries-10m.json --provinces world_map.gpkg --waters Geodata/

The same inputs and the same version of shapely give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

import shapefile  # type: ignore[import-untyped]
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).resolve().parent
WEST, SOUTH, EAST, NORTH = 38.3, 31.5, 45.0, 36.6
BOX = shapely.box(WEST, SOUTH, EAST, NORTH)
DECIMALS = 4
GRID = 10**-DECIMALS  # every point lies on this grid, so rounding cannot break a shape
TOLERANCE = 0.001  # degrees, about 100 m
STUB = 0.02  # degrees: a loose piece of a river that is shorter is a fault of the file
NEAR = 0.06  # degrees: how far a river or lake may lie from the place that it is known by

LAYERS = ("country", "border", "province", "province_border", "river", "lake", "road")
REQUIRED = ("layer", "name", "source", "licence", "accuracy_km", "accuracy")
COUNTRIES = ("Iraq", "Syria", "Jordan", "Saudi Arabia", "Turkey", "Iran")
WITH_PROVINCES = {"Iraq": "IRQ", "Syria": "SYR"}

# The spelling in the file, and the usual English one. Any other name is kept as it stands.
PROVINCE_NAMES = {
    "Al-Anbar": "Anbar",
    "Al-Qādisiyyah": "Qadisiyah",
    "An-Najaf": "Najaf",
    "Ar Raqqah": "Raqqa",
    "Arbil": "Erbil",
    "As-Sulaymaniyah": "Sulaymaniyah",
    "At-Ta'mim": "Kirkuk",
    "Dayr Az Zawr": "Deir ez-Zor",
    "Hamah": "Hama",
    "Hasaka (Al Haksa)": "Hasakah",
    "Homs (Hims)": "Homs",
    "Karbala'": "Karbala",
    "Ninawa": "Nineveh",
    "Sala ad-Din": "Salah al-Din",
}

# The shapefiles come without their table of names: a river or lake is known by places on it.
RIVERS = {
    "Euphrates": [(38.45, 35.88), (40.14, 35.33), (42.83, 33.64)],  # Lake Assad, Deir ez-Zor, Hit
    "Tigris": [(43.68, 34.61)],  # Tikrit
    "Hillah branch of the Euphrates": [(44.93, 31.99)],  # Diwaniyah
    "Shamiyah branch of the Euphrates": [(44.60, 31.96)],  # Shamiyah
}
LAKES = {
    "Lake Assad": (38.4, 35.87),
    "Lake Habbaniyah": (43.45, 33.3),
    "Lake Razazah": (43.65, 32.75),
    "Lake Tharthar": (43.25, 34.0),
}

Key = TypeVar("Key", str, tuple[str, str])
Feature = dict[str, Any]
Areas = dict[str, BaseGeometry]
Borders = dict[tuple[str, str], BaseGeometry]


def natural_earth(what: str, package: str, km: float, accuracy: str) -> Feature:
    """Where a layer comes from, and how far its lines may be off."""
    return {
        "source": f"Natural Earth 1:10m {what}, by way of the {package}",
        "licence": "public domain (Natural Earth)",
        "accuracy_km": km,
        "accuracy": f"an estimate: drawn for 1:10 million, {accuracy}",
    }


ATLAS = natural_earth(
    "countries 4.1.0", "npm package world-atlas", 3, "points on a grid of about 0.3 km"
)
QGIS = natural_earth(
    "provinces 4.1.0", "Debian package qgis-common", 5, "then generalised for QGIS"
)
RIVER_FILE = natural_earth(
    "rivers", "Debian package flightgear-data-base", 4, "compared with towns on the banks"
)
LAKE_FILE = natural_earth(
    "lakes", "Debian package flightgear-data-base", 5, "at one water level; the shore moves with it"
)
SHRUNK_LAKE = LAKE_FILE | {
    "accuracy_km": 20,
    "accuracy": "the full lake, about 1,425 km²; in 2015–2019 it covered about a quarter of that",
}


# --- getting the packages ---------------------------------------------------


def run(*command: str, folder: Path) -> None:
    """Run a command in a folder; a failure ends the rebuild with the command's own message."""
    subprocess.run(command, cwd=folder, check=True)


def fetched_countries(folder: Path) -> Path:
    """Fetch ``countries-10m.json`` with npm."""
    run("npm", "pack", "--silent", "world-atlas@2.0.2", folder=folder)
    run("tar", "-xzf", "world-atlas-2.0.2.tgz", folder=folder)
    return folder / "package" / "countries-10m.json"


def fetched_debian(folder: Path, package: str, inside: str) -> Path:
    """Fetch a Debian package and unpack one file or folder of it, without installing it."""
    run("apt-get", "download", package, folder=folder)
    (archive,) = folder.glob(f"{package}_*.deb")
    everything = ["dpkg-deb", "--fsys-tarfile", str(archive)]
    with subprocess.Popen(everything, stdout=subprocess.PIPE) as unpacked:
        subprocess.run(["tar", "-x", f"./{inside}"], cwd=folder, stdin=unpacked.stdout, check=True)
    archive.unlink()
    return folder / inside


def fetched_provinces(folder: Path) -> Path:
    """Fetch ``world_map.gpkg`` with apt-get (23 MB)."""
    return fetched_debian(folder, "qgis-common", "usr/share/qgis/resources/data/world_map.gpkg")


def fetched_waters(folder: Path) -> Path:
    """Fetch the folder of the Natural Earth shapefiles with apt-get (1.3 GB)."""
    return fetched_debian(folder, "flightgear-data-base", "usr/share/games/flightgear/Geodata")


# --- small helpers on shapes ------------------------------------------------


def parts_of(geometry: BaseGeometry, kind: str) -> list[Any]:
    """The parts of a shape that are of one kind; the others are dropped."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if part.geom_type == kind and not part.is_empty]


def joined(lines: Iterable[BaseGeometry]) -> BaseGeometry:
    """Lines that touch end to end become one line."""
    return shapely.line_merge(shapely.unary_union(list(lines)))


def clipped_lines(geometry: BaseGeometry) -> BaseGeometry:
    """Lines cut to the map's box, with their points on the grid."""
    return joined(parts_of(shapely.intersection(geometry, BOX, grid_size=GRID), "LineString"))


def clipped_area(geometry: BaseGeometry) -> BaseGeometry:
    """An area cut to the map's box, with its corners on the grid."""
    cut = shapely.intersection(shapely.make_valid(geometry), BOX, grid_size=GRID)
    areas = parts_of(cut, "Polygon")
    return areas[0] if len(areas) == 1 else MultiPolygon(areas)


def present(shapes: dict[Key, BaseGeometry]) -> dict[Key, BaseGeometry]:
    """Only the shapes of which something is left inside the box."""
    return {key: one for key, one in shapes.items() if not one.is_empty}


def shared_lines(areas: Areas) -> Borders:
    """The lines between every two areas that touch along a line."""
    shared = {
        (one, other): shapely.intersection(areas[one].boundary, areas[other].boundary)
        for one, other in combinations(areas, 2)
    }
    return present({pair: joined(parts_of(line, "LineString")) for pair, line in shared.items()})


def feature(layer: str, name: str, geometry: BaseGeometry, about: Feature, **more: Any) -> Feature:
    """One feature of the map: what it is, where it comes from, and its shape."""
    properties = {"layer": layer, "name": name, **more, **about}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def line_features(layer: str, lines: Borders, about: Feature) -> Iterator[Feature]:
    """Border lines, each named after its two sides."""
    for (one, other), line in lines.items():
        pair = sorted((one, other))
        yield feature(layer, "–".join(pair), line, about, between=pair)


# --- countries and borders (TopoJSON) ---------------------------------------


def arcs(topology: dict[str, Any]) -> list[BaseGeometry]:
    """The lines of a TopoJSON file in degrees, simplified; neighbours share them, so they match."""
    scale_x, scale_y = topology["transform"]["scale"]
    west, south = topology["transform"]["translate"]
    lines = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((west + x * scale_x, south + y * scale_y))
        lines.append(LineString(points).simplify(TOLERANCE))
    return lines


def ring(numbers: list[int], lines: list[BaseGeometry]) -> list[Any]:
    """One closed outline put together from numbered arcs; ``~n`` means arc ``n`` backwards."""
    points: list[Any] = []
    for number in numbers:
        part = list(lines[max(number, ~number)].coords)
        points += (part if number >= 0 else part[::-1])[1 if points else 0 :]
    return points


def countries(topology: dict[str, Any]) -> tuple[Areas, Borders]:
    """The areas of the countries, and the border lines between them, cut to the box."""
    lines = arcs(topology)
    areas: Areas = {}
    used: dict[str, set[int]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        if name in COUNTRIES:
            parts = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
            rings = [[ring(numbers, lines) for numbers in part] for part in parts]
            areas[name] = clipped_area(MultiPolygon([Polygon(part[0], part[1:]) for part in rings]))
            used[name] = {max(n, ~n) for part in parts for numbers in part for n in numbers}
    borders = {
        (one, other): clipped_lines(joined(lines[n] for n in sorted(used[one] & used[other])))
        for one, other in combinations(COUNTRIES, 2)
    }
    return present(areas), present(borders)


# --- provinces (GeoPackage) -------------------------------------------------


def geopackage_shape(blob: bytes) -> BaseGeometry:
    """The shape in a GeoPackage cell: a header whose length is in its flags, then plain WKB."""
    envelope_bytes = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
    return shapely.from_wkb(blob[8 + envelope_bytes :])


def raw_provinces(path: Path, code: str) -> Areas:
    """The provinces of one country as the file has them, by the file's spelling, cut to the box."""
    query = "select name, geom from states_provinces where adm0_a3 = ? order by name"
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        rows = database.execute(query, (code,)).fetchall()
    return present({name: clipped_area(geopackage_shape(blob)) for name, blob in rows})


def bridges(
    lines: Iterable[BaseGeometry], provinces: Areas, country: BaseGeometry
) -> Iterator[BaseGeometry]:
    """Short lines from where province lines end on the file's outline to the border as we draw it.

    The file is more generalised than the countries are: the two outlines lie up to 1.4 km apart.
    """
    outline = shapely.unary_union(list(provinces.values())).boundary
    for line in lines:
        for end in shapely.get_parts(line.boundary):
            bridge = shapely.shortest_line(end, country.boundary)
            if outline.distance(end) < GRID and bridge.length > 0:
                yield bridge


def fitted(provinces: Areas, country: BaseGeometry) -> Areas:
    """The provinces fitted to the country: together they cover exactly its area.

    All lines are crossed with one another, and every face goes to the province that it lies in or,
    for the slivers along the border, to the nearest one (the first by name if two are as near).
    """
    inner = parts_of(joined(shared_lines(provinces).values()), "LineString")
    lines = [country.boundary, *inner, *bridges(inner, provinces, country)]
    crossed = shapely.unary_union(lines, grid_size=GRID)
    faces: dict[str, list[BaseGeometry]] = {name: [] for name in provinces}
    for face in shapely.get_parts(shapely.polygonize([crossed])):
        middle = face.representative_point()
        if country.contains(middle):
            distance = {name: provinces[name].distance(middle) for name in sorted(provinces)}
            faces[min(distance, key=distance.__getitem__)].append(face)
    return {name: shapely.unary_union(parts) for name, parts in faces.items() if parts}


def province_features(path: Path, areas: Areas) -> Iterator[Feature]:
    """The provinces of Iraq and Syria, and the lines between them."""
    for country, code in WITH_PROVINCES.items():
        provinces: Areas = {}
        for spelling, area in fitted(raw_provinces(path, code), areas[country]).items():
            name = PROVINCE_NAMES.get(spelling, spelling)
            provinces[name] = area
            yield feature("province", name, area, QGIS, country=country, name_in_source=spelling)
        yield from line_features("province_border", shared_lines(provinces), QGIS)


# --- rivers and lakes (shapefiles) ------------------------------------------


def shapes_inside(path: Path) -> list[BaseGeometry]:
    """All shapes of a shapefile that reach into the map's box."""
    with path.open("rb") as file, shapefile.Reader(shp=file) as reader:
        shapes = [shape(one.__geo_interface__) for one in reader.iterShapes() if one.points]
    return [one for one in shapes if one.intersects(BOX)]


def taken(shapes: list[BaseGeometry], place: tuple[float, float], name: str) -> BaseGeometry:
    """Take the shape nearest to a place out of the list; an error if it is not near."""
    nearest = min(shapes, key=lambda one: one.distance(Point(place)))
    if nearest.distance(Point(place)) > NEAR:
        raise SystemExit(f"{name}: nothing in the file is near {place}; see RIVERS and LAKES")
    shapes.remove(nearest)
    return nearest


def without_stubs(river: BaseGeometry) -> BaseGeometry:
    """A river without the tiny loops and overlaps where its pieces meet, so that it is one line."""
    return joined(part for part in parts_of(river, "LineString") if part.length > STUB)


def water_features(folder: Path) -> Iterator[Feature]:
    """The rivers, with the pieces of one river joined, and the lakes; none may be left unnamed."""
    rivers = shapes_inside(folder / "ne_10m_rivers_lake_centerlines.shp")
    for name, places in RIVERS.items():
        line = joined([taken(rivers, place, name) for place in places]).simplify(TOLERANCE)
        yield feature("river", name, without_stubs(clipped_lines(line)), RIVER_FILE)
    lakes = shapes_inside(folder / "ne_10m_lakes.shp")
    for name, place in LAKES.items():
        area = taken(lakes, place, name).simplify(TOLERANCE)
        about = SHRUNK_LAKE if name == "Lake Razazah" else LAKE_FILE
        yield feature("lake", name, clipped_area(area), about)
    if unnamed := [one.bounds for one in rivers + lakes]:
        raise SystemExit(f"rivers or lakes without a name at {unnamed}; see RIVERS and LAKES")


# --- the whole map ----------------------------------------------------------


def hand_features(path: Path) -> Iterator[Feature]:
    """What was drawn by hand, cut to the box and put on the grid."""
    for one in json.loads(path.read_text(encoding="utf-8"))["features"]:
        geometry = shape(one["geometry"])
        cut = clipped_area(geometry) if geometry.area else clipped_lines(geometry)
        yield {"type": "Feature", "properties": one["properties"], "geometry": cut}


def place_in_file(one: Feature) -> tuple[int, str]:
    """Features stand by layer, then by name; an error if one lacks a property."""
    properties = one["properties"]
    if missing := [key for key in REQUIRED if key not in properties]:
        raise SystemExit(f"{properties.get('name')}: no {', '.join(missing)}")
    return LAYERS.index(properties["layer"]), properties["name"]


def geography(country_file: Path, province_file: Path, water_folder: Path) -> list[Feature]:
    """Every feature of the map, in the order of the file."""
    areas, borders = countries(json.loads(country_file.read_text(encoding="utf-8")))
    features = [
        *(feature("country", name, area, ATLAS) for name, area in areas.items()),
        *line_features("border", borders, ATLAS),
        *province_features(province_file, areas),
        *water_features(water_folder),
        *hand_features(HERE / "by-hand.geojson"),
    ]
    return sorted(features, key=place_in_file)


def rounded(coordinates: Any) -> Any:
    """Coordinates as lists of numbers with four decimals."""
    if isinstance(coordinates, float):
        return round(coordinates, DECIMALS)
    return [rounded(part) for part in coordinates]


def as_json(one: Feature) -> str:
    """One feature on one line, with outer rings anticlockwise as RFC 7946 wants them."""
    geometry = mapping(shapely.orient_polygons(one["geometry"].normalize()))
    plain = {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}
    return json.dumps({**one, "geometry": plain}, ensure_ascii=False)


def write(features: list[Feature], path: Path) -> None:
    """Write the GeoJSON file, one feature to a line."""
    body = ",\n".join(as_json(one) for one in features)
    head = f'{{"type": "FeatureCollection", "bbox": {[WEST, SOUTH, EAST, NORTH]}, "features": [\n'
    path.write_text(f"{head}{body}\n]}}\n", encoding="utf-8", newline="\n")


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="Rebuild geography.geojson.")
    parser.add_argument("--countries", type=Path, help="countries-10m.json (npm: world-atlas)")
    parser.add_argument("--provinces", type=Path, help="world_map.gpkg (Debian: qgis-common)")
    parser.add_argument("--waters", type=Path, help="folder Geodata (Debian: flightgear-data-base)")
    parser.add_argument("--out", type=Path, default=HERE.parent / "geography.geojson")
    return parser.parse_args()


def main() -> None:
    """Fetch what is not named, build the map, write it."""
    chosen = options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        features = geography(
            chosen.countries or fetched_countries(folder),
            chosen.provinces or fetched_provinces(folder),
            chosen.waters or fetched_waters(folder),
        )
    write(features, chosen.out)
    print(f"{chosen.out}: {len(features)} features, {chosen.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
