"""Mail: the subject is a heading, the body text or HTML; a mailbox gives one heading a message."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart

from graph.errors import BrokenFile, EncryptedFile

from .characters import decode
from .dates import iso_date
from .draft import Draft, Source
from .html import add_fragment
from .lines import mark_lines

SUFFIXES = {".eml": "message/rfc822", ".mbox": "application/mbox"}

MAILBOX_LINE = re.compile(rb"^From \S+.*\n", re.M)
EXPECTED = ("from", "to", "subject", "date", "message-id")
SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")


def read(source: Source) -> Draft:
    draft = Draft()
    for number, raw in enumerate(_messages(source), start=1):
        message = email.message_from_bytes(raw, policy=email.policy.default)
        _check(message)
        if number == 1:
            _describe(draft, message)
        _add(draft, message, source.name)
    return draft


def _messages(source: Source) -> Iterator[bytes]:
    if source.suffix != ".mbox":
        yield source.data
        return
    starts = [found.end() for found in MAILBOX_LINE.finditer(source.data)]
    if not starts:
        raise BrokenFile("it is no mailbox: no line begins with 'From '. Export it as mbox.")
    ends = [*(found.start() for found in MAILBOX_LINE.finditer(source.data)), len(source.data)][1:]
    yield from (source.data[start:end] for start, end in zip(starts, ends, strict=True))


def _check(message: EmailMessage) -> None:
    if not any(message.get(name) for name in EXPECTED):
        raise BrokenFile("it is no mail: it has no From, To, Subject or Date. Export it as .eml.")
    if message.get_content_type() in SEALED:
        raise EncryptedFile("the mail is encrypted. Save it decrypted and try again.")


def _describe(draft: Draft, message: EmailMessage) -> None:
    name, address = email.utils.parseaddr(_header(message, "from"))
    draft.title = _header(message, "subject") or None
    draft.publisher = name or address or None
    draft.published = _date(_header(message, "date"))
    draft.url = _header(message, "archived-at").strip("<>") or None


def _add(draft: Draft, message: EmailMessage, name: str) -> None:
    draft.add("heading", _header(message, "subject"))
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return
    words = _content(body, name)
    if body.get_content_type() == "text/html":
        add_fragment(draft, words)
    else:
        draft.take(mark_lines(words, opening=False), below=1)


def _content(part: MIMEPart, name: str) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload, name, part.get_content_charset()) if isinstance(payload, bytes) and payload else ""


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name) or "").split())


def _date(words: str) -> str | None:
    try:
        return iso_date(email.utils.parsedate_to_datetime(words))
    except (ValueError, TypeError, IndexError, OverflowError):
        return iso_date(words)
