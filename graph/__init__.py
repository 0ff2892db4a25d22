"""What is known: vocabulary, values, identity, the graph behind Bolt and its views."""

from .model import Block, Claim, Document, Entity, Evidence, Mention, Record

__all__ = ["Block", "Claim", "Document", "Entity", "Evidence", "Mention", "Record"]
