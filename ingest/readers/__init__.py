"""Files become Documents: one file a format, and one way in.

``read`` works in this process; ``read_safely`` gives files that need a parser to a child process whose
memory and time are bounded. A format is one file here that has ``SUFFIXES`` and ``read(source) -> Draft``.
"""

from .documents import read
from .folders import documents_in
from .formats import Format, format_of, formats
from .safely import read_safely

__all__ = ["Format", "documents_in", "format_of", "formats", "read", "read_safely"]
