"""Bytes to text, in the encodings that diaries come in."""

from __future__ import annotations

import codecs

from between.errors import UnreadableImport

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"SQLite format 3")
_SAMPLE = 4096


def text_of(data: bytes) -> str:
    """The text, with plain line ends; anything that is not text is refused."""
    if data.startswith(_FOREIGN):
        raise UnreadableImport
    text = _decoded(data)
    odd = sum(1 for char in text[:_SAMPLE] if char < " " and char not in "\t\n\r\f\v\x00\x1b")
    if odd > max(2, len(text[:_SAMPLE]) // 100) or text[:_SAMPLE].count("\x00") > 2:
        raise UnreadableImport
    return clean(text)


def clean(text: str) -> str:
    """Text that can be kept anywhere: plain line ends, no NUL, no half of a surrogate pair."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return plain.encode("utf-8", "ignore").decode("utf-8")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if guess := _bare_utf16(data[:_SAMPLE]):
        return _strict(data, guess)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableImport from None


def _bare_utf16(sample: bytes) -> str:
    """Western text in UTF-16 without a mark has a NUL in every second byte."""
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > 0.7 * half else ""
