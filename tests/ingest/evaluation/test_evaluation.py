"""Evaluation on documents small enough to count by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.errors import SettingsError
from graph.model import Claim, Evidence, Mention, Record
from ingest.evaluation import (
    Found,
    FoundClaim,
    FoundMention,
    document_of,
    evaluate,
    evaluate_core,
    evaluate_core_given,
    extracted,
    extracted_on_gold,
    gold_documents,
    gold_mentions,
    read_predictions,
    table,
)
from ingest.evaluation.measures import expected_calibration_error, reliability, threshold_for
from ingest.training.data import Annotated, Named

TEXT = "Alba Inc. bought Borea. Alba partners with Cirrus. It may buy Dorado. Ann Ray runs Alba in Oslo."


def row(
    subject: str, predicate: str, obj: str, status: str = "current", optional: bool = False
) -> dict[str, object]:
    return {
        "subject": subject,
        "predicate": predicate,
        "object": obj,
        "status": status,
        "optional": optional,
        "quote": TEXT,
    }


GOLD = Annotated(
    "g1",
    TEXT,
    (
        Named("Alba Inc.", "Company", ("Alba Inc.", "Alba")),
        Named("Borea", "Company", ("Borea",)),
        Named("Cirrus", "Company", ("Cirrus",)),
        Named("Dorado", "Company", ("Dorado",)),
        Named("Ann Ray", "Person", ("Ann Ray",)),
        Named("Oslo", "Region", ("Oslo",)),
    ),
    (
        row("Alba Inc.", "acquired", "Borea"),
        row("Alba Inc.", "partners_with", "Cirrus"),
        row("Alba Inc.", "acquired", "Dorado", "planned"),
        row("Alba Inc.", "operates_in", "Oslo", optional=True),
    ),
)


def claim(
    subject: str,
    predicate: str,
    obj: str,
    status: str = "current",
    confidence: float = 0.9,
    kind: str = "Company",
) -> FoundClaim:
    return FoundClaim(subject, "Company", predicate, obj, kind, status, confidence)


def judged(*claims: FoundClaim, mentions: tuple[FoundMention, ...] = ()):  # type: ignore[no-untyped-def]
    return evaluate([GOLD], {"g1": Found(mentions, claims)})


def test_a_claim_is_right_by_any_form_of_its_parties() -> None:
    result = judged(claim("Alba", "acquired", "Borea"))
    assert (result.claims.right, result.claims.false, result.claims.missed) == (1, 0, 2)


def test_a_symmetric_claim_is_right_either_way() -> None:
    assert judged(claim("Cirrus", "partners_with", "Alba")).claims.right == 1


def test_a_directed_claim_the_wrong_way_is_false_and_harmful() -> None:
    result = judged(claim("Borea", "acquired", "Alba"))
    assert result.claims.false == 1
    assert result.harm == {"direction": 1}


def test_a_claim_counts_once_however_often_and_by_whatever_form_it_is_found() -> None:
    result = judged(claim("Alba", "acquired", "Borea"), claim("Alba Inc.", "acquired", "borea"))
    assert (result.claims.right, result.claims.false) == (1, 0)


def test_optional_rows_neither_reward_nor_punish() -> None:
    result = judged(claim("Alba", "operates_in", "Oslo", kind="Region"))
    assert (result.claims.right, result.claims.false, result.claims.missed) == (0, 0, 3)


def test_a_planned_deal_shown_as_current_is_harmful() -> None:
    result = judged(claim("Alba", "acquired", "Dorado"))
    assert result.claims.false == 1
    assert result.harm == {"status": 1}
    assert result.causes == {"status": 1}


def test_a_current_deal_called_planned_is_false_but_not_harmful() -> None:
    result = judged(claim("Alba", "acquired", "Borea", "planned"))
    assert (result.claims.false, dict(result.harm)) == (1, {})


def test_an_edge_to_what_is_no_company_is_harmful() -> None:
    assert judged(claim("Alba", "partners_with", "Ann Ray")).harm == {"no company": 1}


def test_a_cut_company_name_is_false_but_not_harmful() -> None:
    result = judged(claim("Alba Inc. Ltd", "acquired", "Borea"))
    assert (result.claims.false, dict(result.harm)) == (1, {})


def test_hidden_claims_do_no_harm() -> None:
    hidden = FoundClaim("Borea", "Company", "acquired", "Alba", "Company", "current", 0.2, shown=False)
    assert not judged(hidden).harm


def test_figures_are_split_by_predicate_and_status() -> None:
    result = judged(claim("Alba", "acquired", "Borea"))
    assert (result.by_predicate["acquired"].right, result.by_predicate["acquired"].missed) == (1, 1)
    assert (result.by_status["planned"].right, result.by_status["planned"].missed) == (0, 1)


def test_thresholds_drop_what_is_less_sure() -> None:
    result = judged(claim("Alba", "acquired", "Borea"), claim("Alba", "merged_with", "Borea", confidence=0.4))
    figures = dict(result.thresholds)
    assert figures[0.0].precision == 0.5
    assert figures[0.5].precision == 1.0
    assert figures[0.95].right == 0
    assert result.threshold == 0.9


def test_deals_leave_out_what_is_none() -> None:
    result = judged(claim("Alba", "acquired", "Borea"), claim("Alba", "merged_with", "Borea"))
    assert (dict(result.thresholds)[0.0].precision, dict(result.deals)[0.0].precision) == (0.5, 1.0)


def test_a_document_without_predictions_counts_as_missed() -> None:
    assert evaluate([GOLD], {}).claims.missed == 3


def test_mentions_are_right_by_exact_span_and_kind() -> None:
    result = judged(
        mentions=(
            FoundMention("Alba Inc.", "Company", 0, 9, "Alba Inc."),
            FoundMention("Oslo", "Company", 91, 95, "Oslo"),
            FoundMention("Ann Ray", "Company", 70, 77, "Ann Ray"),
        )
    )
    company = result.mentions["Company"]
    assert (company.right, company.false, company.missed) == (1, 2, 5)
    assert result.mentions["Region"].missed == 1


def test_a_name_counts_once_a_document_by_any_form() -> None:
    result = judged(
        mentions=(
            FoundMention("Alba", "Company", 24, 28, "Alba"),
            FoundMention("Alba Inc.", "Company", 0, 9, "Alba Inc."),
            FoundMention("It", "Company", 51, 53, "It"),
        )
    )
    company = result.names["Company"]
    assert (company.right, company.false, company.missed) == (1, 1, 3)


def test_gold_against_itself_is_perfect() -> None:
    claims = tuple(
        FoundClaim(r["subject"], "Company", r["predicate"], r["object"], "Company", r["status"], 1.0)
        for r in GOLD.claims
    )
    mentions = tuple(FoundMention(m.text, m.kind, m.start, m.end, m.name) for m in gold_mentions(GOLD))
    result = judged(*claims, mentions=mentions)
    assert result.claims.f1 == result.names["Company"].f1 == result.mentions["Company"].f1 == 1.0


def test_an_extractor_is_judged_from_raw_text_and_on_gold_mentions() -> None:
    def find(document, mentions):  # type: ignore[no-untyped-def]
        quote = Evidence(document.id, 0, 23, document.text[:23], "Alba Inc.", "Borea", "test", 0.8)
        return (Claim("Alba Inc.", "Company", "acquired", "Borea", "Company", "current", (quote,)),)

    def extract(document):  # type: ignore[no-untyped-def]
        mention = Mention(0, 9, "Alba Inc.", "Company", "Alba Inc.")
        return Record(document, (mention,), find(document, ()), "test")

    raw = evaluate([GOLD], extracted([GOLD], extract))
    given = evaluate([GOLD], extracted_on_gold([GOLD], find))
    assert (raw.claims.right, raw.names["Company"].right) == (1, 1)
    assert (given.claims.right, given.names["Company"].missed) == (1, 0)


def test_predictions_are_read_by_the_stem_of_their_document(tmp_path: Path) -> None:
    file = tmp_path / "predictions.jsonl"
    rows = [
        {
            "document": "g1.txt",
            "subject": "Alba",
            "predicate": "acquired",
            "object": "Borea",
            "status": "current",
        },
        {"document": "g1.txt", "text": "Alba", "kind": "Company", "startChar": 24, "endChar": 28},
    ]
    file.write_text("\n".join(map(json.dumps, rows)))
    result = evaluate([GOLD], read_predictions(file))
    assert (result.claims.right, result.mentions["Company"].right) == (1, 1)


def test_a_broken_row_of_predictions_is_named(tmp_path: Path) -> None:
    file = tmp_path / "p.jsonl"
    file.write_text('{"document": "g1"}\n')
    with pytest.raises(SettingsError, match="line 1"):
        read_predictions(file)


def test_a_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ann/"):
        gold_documents(tmp_path)


def test_a_folder_of_annotated_documents_is_read(tmp_path: Path) -> None:
    for name in ("ann", "texts"):
        (tmp_path / name).mkdir()
    (tmp_path / "texts" / "g1.txt").write_text(TEXT)
    entities = [{"name": "Oslo", "kind": "Region", "forms": ["Oslo"]}]
    (tmp_path / "ann" / "g1.json").write_text(json.dumps({"id": "g1", "entities": entities, "claims": []}))
    (gold,) = gold_documents(tmp_path)
    assert document_of(gold).text[91:95] == "Oslo"
    assert [m.text for m in gold_mentions(gold)] == ["Oslo"]


def test_calibration_is_the_distance_between_said_and_true() -> None:
    pairs = [(0.95, True), (0.95, False), (0.05, False), (0.05, False)]
    assert [b.count for b in reliability(pairs)] == [2, 2]
    assert expected_calibration_error(pairs) == pytest.approx(0.25)


def test_the_threshold_is_the_lowest_that_keeps_the_precision() -> None:
    assert threshold_for([(0.9, True), (0.8, True), (0.7, False)], 0.95) == 0.8
    assert threshold_for([(0.9, False), (0.9, True)], 0.95) is None


def test_the_table_names_the_worst_error_and_the_sheet_is_json() -> None:
    result = judged(claim("Borea", "acquired", "Alba"))
    assert "harmful: direction: Borea acquired Alba" in table(result)
    assert json.loads(json.dumps(result.to_dict()))["harm"] == {"direction": 1}


def test_core_pairs_are_judged_with_their_direction() -> None:
    core = {
        "id": "E1",
        "relation": "acquired_by",
        "invert_relation": 1,
        "e1_start": 0,
        "e1_end": 0,
        "e2_start": 2,
        "e2_end": 2,
        "context": ["Alba", "bought", "Borea", "."],
    }

    def extract(document):  # type: ignore[no-untyped-def]
        quote = Evidence(document.id, 0, 17, document.text[:17], "Alba", "Borea", "test", 0.8)
        claims = (Claim("Alba", "Company", "acquired", "Borea", "Company", "current", (quote,)),)
        return Record(document, (Mention(0, 4, "Alba", "Company", "Alba"),), claims, "test")

    result = evaluate_core([core], extract)
    assert (result.accuracy, result.directed.right, result.names_found) == (1.0, 1, 0.5)
    turned = evaluate_core([{**core, "invert_relation": 0}], extract)
    assert (turned.accuracy, turned.directed.right) == (1.0, 0)


def test_core_pairs_with_both_names_given_are_told_apart() -> None:
    """A plain sentence; turned round, its relation is right and its direction is not."""
    words = ["Oracle", "acquired", "Sun", "Microsystems", "in", "2010", "."]
    core = {
        "id": "E2",
        "relation": "acquired_by",
        "invert_relation": 1,
        "e1_start": 0,
        "e1_end": 0,
        "e2_start": 2,
        "e2_end": 3,
        "context": words,
    }
    result = evaluate_core_given([core])
    assert (result.accuracy, result.directed.right) == (1.0, 1)
    turned = evaluate_core_given([{**core, "invert_relation": 0}])
    assert (turned.accuracy, turned.directed.right) == (1.0, 0)
