"""How much an import may hold, and opening what is packed without being flooded by it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath

from between.errors import ImportTooLarge, UnreadableImport

MAX_BYTES = 20 * 2**20
"""Of the file as it is handed in."""
MAX_UNPACKED = 100 * 2**20
"""Of everything inside it together."""
MAX_MEMBERS = 120_000
"""Files in an archive."""
MAX_ENTRIES = 100_000

_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_LINK = 0o120000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """One file out of an archive; its folder is not kept, so no path can lead anywhere."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)
    path: str = field(default="", repr=False)
    """As the archive says, only to compare with; never opened."""


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a zip archive."""
    return data.startswith(_ZIP)


def is_gzip(data: bytes) -> bool:
    """Whether the bytes are one gzipped file."""
    return data.startswith(_GZIP)


def check_size(data: bytes) -> None:
    """Refuse what is too large before looking into it."""
    if len(data) > MAX_BYTES:
        raise ImportTooLarge


def gunzip(data: bytes) -> bytes:
    """The one file inside, as far as the limit goes."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(data, MAX_UNPACKED + 1)
    except zlib.error:
        raise UnreadableImport from None
    if len(plain) > MAX_UNPACKED:
        raise ImportTooLarge
    if not unpacker.eof:
        raise UnreadableImport
    return plain


def members(data: bytes) -> Iterator[Member]:
    """The files of a zip, without folders, links and what systems add for themselves."""
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            listed = archive.infolist()
            if len(listed) > MAX_MEMBERS:
                raise ImportTooLarge
            for info in listed:
                if not _wanted(info):
                    continue
                with archive.open(info) as packed:
                    plain = packed.read(left + 1)  # never trust the size that the archive states
                left -= len(plain)
                if left < 0:
                    raise ImportTooLarge
                yield Member(PurePosixPath(info.filename.replace("\\", "/")).name, plain, info.filename)
    except _BROKEN:
        raise UnreadableImport from None


def _wanted(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts)
    link = (info.external_attr >> 16) & 0o170000 == _LINK
    return bool(parts) and not (info.is_dir() or link or hidden or "__MACOSX" in parts)
