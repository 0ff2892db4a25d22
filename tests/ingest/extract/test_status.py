"""What a sentence's words say about how firm a claim is."""

from __future__ import annotations

import pytest

from ingest.extract.status import status_of


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Acme partners with Borea.", "current"),
        ("Acme completed the acquisition of Borea.", "current"),
        ("Acme has acquired Borea and will keep its name.", "current"),
        ("Acme has signed a definitive agreement to acquire Borea.", "announced"),
        ("Acme agreed to buy Borea, subject to approval.", "announced"),
        ("Acme to acquire Borea", "announced"),
        ("Acme signed a letter of intent with Borea.", "planned"),
        ("Acme intends to acquire Borea.", "planned"),
        ("Acme will distribute Borea's locks.", "planned"),
        ("Acme is reportedly preparing an offer for Borea.", "rumoured"),
        ("Acme is in talks to buy Borea, people familiar with it said.", "rumoured"),
        ("Acme denied that it is in talks to buy Borea.", "denied"),
        ("Acme is not affiliated with Borea.", "denied"),
        ("Acme has no plans to merge with Borea.", "denied"),
        ("An earlier edition stated that Acme had acquired Borea.", "denied"),
        ("Acme opens in Oslo in the new year.", "planned"),
        ("Acme terminated its partnership with Borea.", "ended"),
        ("Its alliance with Borea lapsed in March 2023.", "ended"),
        ("Acme, a former unit of Borea, grows.", "ended"),
        ("Acme was owned by Borea until 2019.", "ended"),
    ],
)
def test_words_and_tense_give_the_status(sentence: str, status: str) -> None:
    assert status_of(sentence) == status


def test_only_the_clause_of_the_trigger_counts() -> None:
    sentence = "Acme partners with Borea; it denied a merger with Cirrus."
    assert status_of(sentence, (0, 24)) == "current"
    assert status_of(sentence, (26, 57)) == "denied"
