"""How good the extraction is: precision, recall, calibration and harm, against what people marked.

evaluate(gold_documents(path, "dev"), extracted(golds, extract))  -> Evaluation
evaluate(golds, read_predictions(path))                           the same for another system
evaluate(golds, extracted_on_gold(golds, find_claims))            relations alone, names given
"""

from .core import CoreEvaluation, evaluate_core, evaluate_core_given, read_core
from .evaluation import Evaluation, evaluate, extracted, extracted_on_gold
from .gold import document_of, gold_documents, gold_mentions
from .predictions import Found, FoundClaim, FoundMention, found, read_predictions
from .steps import Steps, steps
from .table import core_table, steps_table, table

__all__ = [
    "CoreEvaluation",
    "Evaluation",
    "Found",
    "FoundClaim",
    "FoundMention",
    "Steps",
    "core_table",
    "document_of",
    "evaluate",
    "evaluate_core",
    "evaluate_core_given",
    "extracted",
    "extracted_on_gold",
    "found",
    "gold_documents",
    "gold_mentions",
    "read_core",
    "read_predictions",
    "steps",
    "steps_table",
    "table",
]
