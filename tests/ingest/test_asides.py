"""What stands beside a name is read as what it is: another name, a ticker, an abbreviation, or a part of the name."""

from __future__ import annotations

import doctest

import pytest

import ingest.asides
from ingest.asides import asides
from ingest.names import compare


@pytest.mark.parametrize(
    ("written", "name", "others"),
    [
        ("Alphabet Inc., formerly Google Inc.", "Alphabet Inc.", ("Google Inc.",)),
        ("Everlight Radiology d/b/a Everlight", "Everlight Radiology", ("Everlight",)),
        ("Meta (f/k/a Facebook)", "Meta", ("Facebook",)),
        ("Alliance Imaging (now Akumin)", "Alliance Imaging", ("Akumin",)),
        ("RadNet, Inc. (NASDAQ: RDNT)", "RadNet, Inc.", ()),
        ("RadNet (RDNT), formerly Primedex", "RadNet", ("Primedex", "RDNT")),
        ("INFINITT (UK) Ltd", "INFINITT (UK) Ltd", ()),
        ("Apollo Hospitals (Chennai)", "Apollo Hospitals (Chennai)", ()),
        ("Now Foods", "Now Foods", ()),
        ("Formerly Known As", "Formerly Known As", ()),
        ("Fka Twigs", "Fka Twigs", ()),
        ("(ABC)", "(ABC)", ()),
    ],
)
def test_a_name_and_what_stands_beside_it(written: str, name: str, others: tuple[str, ...]) -> None:
    assert asides(written) == (name, others)


def test_a_name_that_is_stated_beside_another_is_the_same() -> None:
    assert str(compare("Facebook", "Meta Platforms, Inc. (formerly Facebook, Inc.)")) == (
        "same 0.97: 'Meta Platforms, Inc. (formerly Facebook, Inc.)' states 'Facebook, Inc.' as its name too"
    )
    assert compare("Ford Motor Company (NYSE: F)", "Ford Motor Company").outcome == "same"
    assert compare("INFINITT (UK) Ltd", "INFINITT Ltd").outcome == "different"


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(ingest.asides).failed == 0
