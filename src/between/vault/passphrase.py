"""What makes a good passphrase, a suggestion for one, and the recovery code."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xkcdpass.xkcd_password import generate_wordlist
from zxcvbn import zxcvbn
from zxcvbn.matching import RANKED_DICTIONARIES

SHORTEST = 15
LONGEST = 256
ENOUGH_GUESSES_LOG10 = 12.0
"""A score of 4/4 is not enough: zxcvbn gives it to phrases that fall after 10^11 guesses."""
WORDS_SUGGESTED = 5

_JUDGED = 72  # zxcvbn refuses more; what follows can only make a passphrase harder to guess
_KNOWN_WORDS = ("between", "journal")
_LEFT_OUT = Path(__file__).parent / "left_out_words.txt"
"""Words of the list that nobody should be handed on a bad day."""

_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U
_CODE_LENGTH = 32  # 160 bits
_CODE_GROUP = 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})

_zxcvbn_turn = threading.Lock()  # it keeps the words it was told in a global


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess, and keys of the wording that say how to make it better."""

    ok: bool
    guesses_log10: float
    advice: tuple[str, ...]


def normal(passphrase: str) -> str:
    """Unicode form NFKC, the only change that is made to a passphrase; so é is é on every keyboard."""
    return unicodedata.normalize("NFKC", passphrase)


def judge(passphrase: str, code_name: str = "") -> Strength:
    """Whether a passphrase will do.

    Advice is empty when it will. Otherwise it holds one or more of these keys, most useful first:
    ``too_short``, ``too_long``, ``unreadable`` (holds something that is no character), ``more_words``,
    ``common`` (a well-known password), ``about_between`` (the app's name or the space's), ``repeats``,
    ``sequence`` (abcd, 6543), ``keyboard`` (a row of keys), ``date``, ``name``.
    """
    plain = normal(passphrase)
    if any("\ud800" <= char <= "\udfff" for char in plain):
        return Strength(False, 0.0, ("unreadable",))
    if not plain:  # which zxcvbn cannot judge
        return Strength(False, 0.0, ("too_short",))
    found = _guessed(plain[:_JUDGED], code_name)
    guesses = float(found["guesses_log10"])
    advice = []
    if len(plain) < SHORTEST:
        advice.append("too_short")
    if len(plain) > LONGEST:
        advice.append("too_long")
    if guesses < ENOUGH_GUESSES_LOG10:
        advice += ["more_words", *filter(None, map(_weakness, found["sequence"]))]
    return Strength(not advice, guesses, tuple(dict.fromkeys(advice)))


def suggest() -> str:
    """Five random words from the EFF's long list: about 64 bits, whatever an attacker knows of the method."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS_SUGGESTED))


def new_recovery_code() -> str:
    """160 random bits as eight groups of four capitals and digits, to be printed."""
    code = "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))
    return "-".join(code[at : at + _CODE_GROUP] for at in range(0, _CODE_LENGTH, _CODE_GROUP))


def normal_code(typed: str) -> str:
    """A recovery code as it was meant: case, spaces, dashes, O for 0 and I or L for 1 do not matter."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    return re.sub(r"[\s‐-―−-]", "", plain)


@cache
def _words() -> tuple[str, ...]:
    left_out = set(_LEFT_OUT.read_text("utf-8").split())
    found = generate_wordlist(wordfile="eff-long", min_length=3, max_length=9, valid_chars="[a-z]")
    return tuple(sorted(set(found) - left_out))


# zxcvbn has no types: a mapping with the guesses and the patterns that it found.
def _guessed(plain: str, code_name: str) -> dict[str, Any]:
    known = [*_KNOWN_WORDS, *filter(None, [code_name, *code_name.split("-")])]
    with _zxcvbn_turn:
        try:
            found: dict[str, Any] = zxcvbn(plain, user_inputs=known)
        finally:
            RANKED_DICTIONARIES.pop("user_inputs", None)
    return found


def _weakness(match: dict[str, Any]) -> str:
    by_dictionary = {
        "passwords": "common",
        "user_inputs": "about_between",
        "male_names": "name",
        "female_names": "name",
        "surnames": "name",
    }
    by_pattern = {"repeat": "repeats", "sequence": "sequence", "spatial": "keyboard", "date": "date"}
    if match["pattern"] == "dictionary":
        return by_dictionary.get(match["dictionary_name"], "")
    if match["pattern"] == "regex":  # recent years are its only one
        return "date"
    return by_pattern.get(match["pattern"], "")
