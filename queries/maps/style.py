"""Colours by kind and predicate, lines by status: what the legend explains."""

from __future__ import annotations

INK, PAPER, GREY = "#1d2733", "#ffffff", "#a3abb5"

KIND_COLOURS = {
    "Company": "#2f6fb3",
    "Organization": "#7b5ea7",
    "Product": "#158f8f",
    "Region": "#5d8a2f",
    "Market": "#c77a12",
}

PREDICATE_COLOURS = {
    "partners_with": "#1f78b4",
    "acquired": "#d13b33",
    "merged_with": "#b5179e",
    "subsidiary_of": "#8c564b",
    "affiliated_with": "#b98900",
    "invested_in": "#2a9134",
    "customer_of": "#128fa3",
    "competes_with": "#e8590c",
    "offers": "#1d9a7c",
    "operates_in": "#7a9a01",
    "headquartered_in": "#4d7c0f",
    "active_in": "#a05195",
    "regulated_by": "#5b5fc7",
    "listed_on": "#6d597a",
    "member_of": "#9c6ade",
    "part_of": "#a89f3c",
}

# Lengths of stroke and gap; an empty tuple is an unbroken line.
STATUS_DASHES: dict[str, tuple[int, ...]] = {
    "current": (),
    "announced": (9, 5),
    "planned": (2, 5),
    "rumoured": (2, 9),
    "denied": (9, 4, 2, 4),
    "ended": (),
}
GREYED = ("denied", "ended")


def edge_colour(predicate: str, status: str) -> str:
    return GREY if status in GREYED else PREDICATE_COLOURS[predicate]


def edge_width(sources: int) -> float:
    """Grows with the independent sources, up to six."""
    return round(1.3 + 0.8 * (min(max(sources, 1), 6) - 1), 1)


def words(predicate: str) -> str:
    """
    >>> words("partners_with")
    'partners with'
    """
    return predicate.replace("_", " ")
