"""Which characters text may hold, and letters that look like others."""

from __future__ import annotations

import re
import unicodedata

BREAKS = "\x85\u2028\u2029"  # YAML 1.1 breaks lines here, editors and YAML 1.2 do not: positions would differ
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef"  # letters without a shape
_INVISIBLE = "\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
FORBIDDEN = re.compile(f"[{_CONTROL}{BREAKS}{_INVISIBLE}{_BLANK}]")
STOPS = re.compile(f"[{_CONTROL}{BREAKS}]")  # the YAML scanner cannot go past these
# Nothing in this set is forbidden, strange or changed by NFC: most files hold nothing else, and one quick pass tells.
_USUAL = "\t\n\r -~\u00a0-\u00ac\u00ae-\u00cf\u00d1-\u0188\u018a-\u01b0\u1ea0-\u1ef9\u2010-\u2027\u2190-\u22ff"
_UNUSUAL = re.compile(f"[^{_USUAL}]")
STRANGE = re.compile("[\u00d0\u0189\u0370-\u058f]")  # Eth, African D, Greek, Cyrillic, Armenian
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
LOOKALIKE = {"\u00d0": "Đ", "\u0189": "Đ"} | dict(zip("АВЕКМНОРСТХаеорсухіјѕԁ", "ABEKMHOPCTXaeopcyxijsd", strict=True))
_WORD = re.compile(r"\w+")


def name_of(character: str) -> str:
    """Spell a character so that it can be seen: U+202E."""
    return f"U+{ord(character):04X}"


def is_usual(text: str) -> bool:
    """Tell quickly that a whole file holds nothing forbidden, nothing strange, and only composed letters."""
    return _UNUSUAL.search(text) is None


def needs_nfc(text: str) -> bool:
    """Tell whether the text holds letters that are not in composed form."""
    return not text.isascii() and not unicodedata.is_normalized("NFC", text)


def nfc(text: str) -> str:
    """Give the composed form."""
    return unicodedata.normalize("NFC", text)


def has_strange(text: str) -> bool:
    """Tell quickly whether a whole file could hold a letter of another script that looks Latin."""
    return STRANGE.search(text) is not None


def lookalike(text: str) -> tuple[str, str, str] | None:
    """Find a word that mixes Latin with letters that only look so; give word, letter and the letter meant."""
    for match in _WORD.finditer(text):
        word = match.group()
        strange = STRANGE.search(word)
        if strange and (strange.group() in "\u00d0\u0189" or _LATIN.search(word)):
            letter = strange.group()
            return word, letter, LOOKALIKE.get(letter, "?")
    return None
