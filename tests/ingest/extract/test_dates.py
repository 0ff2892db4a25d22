"""Dates as precise as a sentence tells them."""

from __future__ import annotations

import pytest

from ingest.extract.dates import date_in, dates_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It closed on May 3, 2024.", "2024-05-03"),
        ("It closed on 3 May 2024.", "2024-05-03"),
        ("It closed on 2024-05-03.", "2024-05-03"),
        ("It lapsed in March 2023.", "2023-03"),
        ("Since Q3 2024 it sells.", "2024-Q3"),
        ("in the third quarter of 2024", "2024-Q3"),
        ("Founded in 2018, it grows.", "2018"),
        ("It was closed last year.", "last year"),
        ("It has 2024 employees and 16 sites.", None),
    ],
)
def test_a_date_keeps_its_precision(text: str, value: str | None) -> None:
    assert date_in(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was closed last year.", "2024"),
        ("It was sold last May.", "2024-05"),
        ("In February it signed.", "2025-02"),
        ("It merged three years ago.", "2022"),
        ("It said today", "2025-03-11"),
        ("It grew in the first quarter.", "2025-Q1"),
        ("It was closed in the fourth quarter.", "2024-Q4"),
        ("It was bought by Acme in the fourth quarter.", "2024-Q4"),
        ("It is expected to close in the fourth quarter.", "2025-Q4"),
        ("It will be sold by the third quarter.", "2025-Q3"),
        ("Margins fell last quarter.", "2024-Q4"),
        ("It was signed last month.", "2025-02"),
        ("It opens next month.", "2025-04"),
        ("It was signed four months ago.", "2024-11"),
        ("It will open this year.", "2025"),
        ("in last week's call", "last week"),
    ],
)
def test_relative_dates_count_from_the_documents_date(text: str, value: str) -> None:
    assert date_in(text, "2025-03-11") == value


@pytest.mark.parametrize("published", [None, "2025"])
def test_what_cannot_be_counted_stays_as_written(published: str | None) -> None:
    assert date_in("It grew in the first quarter.", published) == "in the first quarter"
    assert date_in("It was signed last month.", published) == "last month"


def test_results_of_a_quarter_are_no_date() -> None:
    assert date_in("Acme published its first-quarter results.", "2025-03-11") is None


def test_a_span_holds_the_date_alone() -> None:
    (found,) = dates_in("Founded in 2018, it grows.")
    assert (found.start, found.end) == (11, 15)
