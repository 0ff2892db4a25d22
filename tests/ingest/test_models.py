"""What ships as models: small enough, and each file told of in a card."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

MODELS = Path(str(files("ingest.models")))
MOST = 60_000_000  # bytes, all together


def test_all_models_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in MODELS.iterdir() if path.is_file()) < MOST


def test_every_model_has_its_card() -> None:
    cards = "".join(card.read_text("utf-8") for card in MODELS.glob("*.md"))
    shipped = [p.name for p in MODELS.iterdir() if p.suffix not in (".md", ".py") and p.is_file()]
    assert shipped
    assert [name for name in shipped if f"`{name}`" not in cards] == []
