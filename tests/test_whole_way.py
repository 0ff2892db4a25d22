"""From files to a graph that answers: the order, the number of workers and a kill change nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
REPORT = ROOT.parent / "shared" / "corpus" / "report"
KILLS = int(os.environ.get("ECOMAP_KILLS", "50"))
LISTED = {
    "Alliance HealthCare Services, Inc.", "Dignity Health Global Radiology", "Envision Healthcare Corporation",
    "Imaging Advantage", "Mednax, Inc.", "Radiology Assist", "Radiology Express", "Radiology Partners, Inc.",
    "Radisphere National Radiology Group", "RadNet, Inc.", "StatRad LLC", "TeleDiagnosys Services Pvt. Ltd.",
    "Telerad Tech Pvt. Ltd.", "Teleradiology Solutions", "Telrad Solutions", "US Radiology Specialists",
    "Vesta Teleradiology", "Virtual Radiologic Professionals, LLC", "Vision Radiology Consortium", "vRad",
}  # fmt: skip


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "queries.cli", *words]


def run(workspace: Path, *words: str, code: int = 0) -> str:
    done = subprocess.run(
        command("--workspace", str(workspace), *words), cwd=ROOT, capture_output=True, text=True, timeout=200
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def answer(workspace: Path, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run(workspace, "ask", *words, "--json"))["rows"]
    return rows


def fingerprint(workspace: Path) -> str:
    return str(json.loads(run(workspace, "status", "--json"))["fingerprint"])


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A workspace with the examples, and its fingerprint."""
    workspace = tmp_path_factory.mktemp("examples") / "workspace"
    run(workspace, "ingest", "examples")
    return workspace, fingerprint(workspace)


def test_order_and_workers_change_nothing(tmp_path: Path, examples: tuple[Path, str]) -> None:
    files = sorted(str(p) for p in (ROOT / "examples").iterdir())
    run(tmp_path / "w", "ingest", "--workers", "1", *reversed(files))
    assert fingerprint(tmp_path / "w") == examples[1]


def test_a_second_run_skips_what_is_known(examples: tuple[Path, str]) -> None:
    assert "0 read, 11 already known, 0 failed" in run(examples[0], "ingest", "examples")
    assert fingerprint(examples[0]) == examples[1]


def test_a_graph_that_is_gone_is_made_again_by_an_ingest_that_reads_nothing(
    tmp_path: Path, examples: tuple[Path, str]
) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(examples[0], workspace)
    shutil.rmtree(workspace / "graph")
    assert "0 read" in run(workspace, "ingest", "examples")
    assert fingerprint(workspace) == examples[1]


def test_status_tells_when_the_graph_is_behind_the_records(
    tmp_path: Path, examples: tuple[Path, str]
) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(examples[0], workspace)
    run(workspace, "ingest", "examples")  # the copy's records are younger than those the graph was made from
    assert json.loads(run(workspace, "status", "--json"))["upToDate"]
    next(workspace.glob("records/*/*.zst")).unlink()
    assert not json.loads(run(workspace, "status", "--json"))["upToDate"]


def test_rebuild_gives_the_same_and_every_quote_stands(examples: tuple[Path, str]) -> None:
    shutil.rmtree(examples[0] / "graph")
    run(examples[0], "rebuild")
    assert fingerprint(examples[0]) == examples[1]
    assert "0 failing" in run(examples[0], "verify")


def test_retract_and_ingest_again(tmp_path: Path, examples: tuple[Path, str]) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(examples[0], workspace)
    run(workspace, "retract", "northlight-denial.eml")
    assert fingerprint(workspace) != examples[1]
    assert not [r for r in answer(workspace, "conflicts") if "denied" in r.values()]
    run(workspace, "ingest", "examples")
    assert fingerprint(workspace) == examples[1]


def test_a_killed_run_is_completed_by_the_next(tmp_path: Path, examples: tuple[Path, str]) -> None:
    """ECOMAP_KILLS tells how often; each kill falls at a random moment of an ingest."""
    moments = random.Random(7)
    for _ in range(KILLS):
        process = subprocess.Popen(
            command("--workspace", str(tmp_path / "w"), "ingest", "examples"),
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(moments.uniform(0.5, 6))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    run(tmp_path / "w", "ingest", "examples")
    assert fingerprint(tmp_path / "w") == examples[1]


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command("--workspace", str(tmp_path / "w"), "ingest", "examples", "--workers", "2"),
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + 60
    while len(_group(process.pid)) < 3 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(_group(process.pid)) >= 3
    process.kill()
    process.wait()
    until = time.monotonic() + 60
    while _group(process.pid) and time.monotonic() < until:
        time.sleep(0.2)
    assert _group(process.pid) == []


def _group(leader: int) -> list[str]:
    """The living processes of a session."""
    rows = subprocess.run(
        ["ps", "-eo", "sid=,stat=,args="], capture_output=True, text=True, check=True
    ).stdout
    found = [row.split(None, 2) for row in rows.splitlines()]
    return [row[2] for row in found if row[0] == str(leader) and not row[1].startswith("Z")]


def test_a_bad_file_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "analyst-notes.md", tmp_path)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnot really")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = subprocess.run(
        command("--workspace", str(tmp_path / "w"), "ingest", str(tmp_path)),
        cwd=ROOT, capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    assert done.returncode == 3
    assert "broken.pdf" in done.stdout + done.stderr
    assert "empty.txt" in done.stdout + done.stderr
    assert json.loads(run(tmp_path / "w", "status", "--json"))["documents"] == 1


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not REPORT.is_dir():
        pytest.skip("the market report lies beside the project (../shared/corpus/report) and is not here")
    workspace = tmp_path_factory.mktemp("report") / "workspace"
    run(workspace, "ingest", str(REPORT))
    return workspace


def names(rows: list[dict[str, Any]]) -> set[str]:
    return {next(iter(row.values())) for row in rows}


def test_the_report_names_the_partners_of_vrad(report: Path) -> None:
    rows = answer(report, "partners", "vRad")
    assert names(rows) == {"Aidoc", "Rad AI", "Radiology Partners, Inc."}
    assert all("vRad practice, affiliated with Radiology Partners" in json.dumps(row) for row in rows)


def test_the_report_tells_how_many_sites_are_live(report: Path) -> None:
    rows = answer(report, "partners", "Inspire Radiology")
    assert names(rows) == {"INFINITT North America"}
    assert "16 sites live" in json.dumps(rows)


def test_the_report_lists_twenty_players_and_no_other(report: Path) -> None:
    assert names(answer(report, "players", "Teleradiology Services")) == LISTED


def test_the_report_suggests_vrad_and_its_long_name(report: Path) -> None:
    pairs = [json.dumps(row) for row in answer(report, "same_company")]
    assert any("vRad" in p and "Virtual Radiologic Professionals, LLC" in p for p in pairs)


def test_the_report_tells_units_products_and_regions(report: Path) -> None:
    def edge(subject: str, kind: str, obj: str) -> bool:
        found = run(
            report, "cypher", f"MATCH (s {{name: $s}})-[:{kind}]->(o {{name: $o}}) RETURN count(*) AS n",
            "--param", f"s={subject}", "--param", f"o={obj}", "--json",
        )  # fmt: skip
        return bool(json.loads(found)["rows"][0]["n"])

    assert edge("Mosaic Clinical Technologies", "SUBSIDIARY_OF", "Radiology Partners, Inc.")
    assert edge("Mosaic Clinical Technologies", "OFFERS", "MosaicOS")
    assert edge("Teleradiology Solutions", "OPERATES_IN", "India")
    assert edge("North America", "PART_OF", "Americas")
    assert edge("Middle East", "PART_OF", "EMEA")
    assert edge("Oceania", "PART_OF", "Asia-Pacific")
