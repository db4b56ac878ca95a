"""How wide a text is in the shipped font, and where its lines may break. Unit everywhere: em, one font size."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
UNKNOWN = 1.3  # em; a letter the shipped font lacks is drawn by another font, so assume a wide one
MOST_LETTERS, WIDEST_WORD = 20, 12.3  # a word within both is never cut where no sign invites it
CUT_WORD = 8.0  # em; the parts of a word beyond them
SOFT_WORD = 5.0  # em; a longer word may be cut after a sign such as / or @
SIGNS = frozenset("/-._@,–")
SHORTEST_PART = 1.5  # em; what stands before such a cut is wider
HAIR = 0.0005  # em; drawing forgives so much and planning nothing, so what was planned can always be drawn
TOO_MANY = 1_000_000  # lines of a text with a word wider than the room
MOST_LINES = 12  # how far the table of needed widths goes
MOST_PIECES = 80  # a longer text is wrapped line by line, without looking for the best balance
COMPOUND, INSIDE = 1, 4  # how bad a break is inside a compound, and inside a word
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_UNSEEN = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_UNSPEAKABLE = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NUMBER = re.compile(r"[0-9IVX]+[.,;:)]?")


@lru_cache(maxsize=2)
def widths(font: str = "widths") -> dict[str, dict[str, int]]:
    """Advance widths by weight and character, in thousandths of the font size: of Noto Sans, or of "tinos"."""
    table: dict[str, dict[str, int]] = json.loads((HERE / "fonts" / f"{font}.json").read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def compounds() -> frozenset[tuple[str, ...]]:
    """Vietnamese words of more than one syllable, as their syllables."""
    lines = (HERE / "compounds_vi.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(tuple(line.split()) for line in lines if not line.startswith("#"))


def clean(text: str) -> str:
    """The text as it can be drawn: NFC, single spaces, nothing that XML refuses or that turns the reading order."""
    text = _UNSEEN.sub("", _CONTROLS.sub(" ", text))
    text = unicodedata.normalize("NFC", _UNSPEAKABLE.sub("\ufffd", text))
    return " ".join(part for part in _SPACES.split(text) if part)


def width(text: str, bold: bool = False) -> float:
    """Width of one line, without kerning (which only ever brings letters a little closer)."""
    table = widths()["bold" if bold else "regular"]
    return sum(table[c] / 1000 if c in table else _other(c) for c in text)


def _other(character: str) -> float:
    return 0.0 if unicodedata.combining(character) else UNKNOWN


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays on one line; `space` tells what stands before it, `strain` how bad a break there is."""

    text: str
    width: float
    space: float = 0.0
    strain: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """A text with its pieces, and the narrowest width in which it takes 1, 2, 3 ... lines; `whole` cuts no compound."""

    text: str
    bold: bool
    pieces: tuple[Piece, ...]
    needed: tuple[float, ...]
    whole: tuple[float, ...]

    def lines_in(self, room: float) -> int:
        """How many lines the text takes in this width; a piece wider than the room counts as too many."""
        for count, need in enumerate(self.needed, 1):
            if need <= room:
                return count
        return _greedy(self.pieces, room)

    def wrapped(self, room: float, most: int = 0) -> tuple[str, ...]:
        """The lines: as few as can be, compounds whole where that costs none, then of like length.

        Never more than `lines_in` told for this room, even if rounding has made the room a hair smaller since.

        Args:
            most: lines there is height for; one line more than needed is taken if that keeps a compound whole.
        """
        if not self.pieces:
            return ()
        room += HAIR
        if len(self.pieces) > MOST_PIECES:
            ends = _greedy_ends(self.pieces, room)
        else:
            lines = self.lines_in(room)
            ends = _balanced_ends(self.pieces, room, lines)
            if lines < most and _strain(self.pieces, ends):
                looser = _balanced_ends(self.pieces, room, lines + 1)
                ends = min(ends, looser, key=lambda found: _strain(self.pieces, found))
        starts = (0, *ends[:-1])
        return tuple(_joined(self.pieces[a:b]) for a, b in zip(starts, ends, strict=True))


@lru_cache(maxsize=4096)
def measure(text: str, bold: bool = False) -> Measured:
    """Clean the text, cut it into pieces and find the widths it needs."""
    cleaned = clean(text)
    pieces = tuple(_pieces(cleaned, bold))
    return Measured(cleaned, bold, pieces, _needed(pieces), _needed(tuple(_compounded(pieces))))


def _compounded(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """The pieces with every compound joined to one."""
    held: Piece | None = None
    for piece in pieces:
        if held and piece.strain == COMPOUND:
            held = Piece(_joined((held, piece)), held.width + piece.space + piece.width, held.space, held.strain)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _pieces(text: str, bold: bool) -> Iterator[Piece]:
    tokens = _glued(text.split(" ")) if text else []
    strains = _strains(tokens)
    space = width(" ", bold)
    for number, token in enumerate(tokens):
        for part, inside in _parts(token, bold):
            gap, strain = (0.0, INSIDE) if inside else (space if number else 0.0, strains[number])
            yield Piece(part, width(part, bold), gap, strain)


def _glued(tokens: list[str]) -> list[str]:
    """Join a dash or "&" to the word before it, so that it never starts a line."""
    found: list[str] = []
    for token in tokens:
        if found and (token[0] in DASHES or token in {"&", "/", "+", "=", "→"}):
            found[-1] += " " + token
        else:
            found.append(token)
    return found


def _strains(tokens: list[str]) -> list[int]:
    """For each token: 1 if a break before it would cut a compound or part a word from its number."""
    strains = [COMPOUND if _NUMBER.fullmatch(token) else 0 for token in tokens]
    words = [token.lower().lstrip("(“\"'") for token in tokens]
    bare = [word.rstrip(",.;:)”\"'&/+=→ " + "".join(sorted(DASHES))) for word in words]
    longest = max(map(len, compounds()))
    for start in range(len(tokens)):
        for size in range(2, min(longest, len(tokens) - start) + 1):
            if (*words[start : start + size - 1], bare[start + size - 1]) in compounds():
                strains[start + 1 : start + size] = [COMPOUND] * (size - 1)
    return strains


def _parts(token: str, bold: bool) -> Iterator[tuple[str, bool]]:
    """A token in the parts between which it may be cut, each with: is it inside the token?"""
    if width(token, bold) <= SOFT_WORD:
        yield token, False
        return
    inside = False
    for word in _at_signs(token, bold):
        for part in _cut(word, bold):
            yield part, inside
            inside = True


def _at_signs(token: str, bold: bool) -> Iterator[str]:
    """A token cut after the signs that invite it."""
    word, run = "", 0.0
    for character in token:
        step = width(character, bold)
        if word and word[-1] in SIGNS and run > SHORTEST_PART and not _stays(word, character, step):
            yield word
            word, run = "", 0.0
        word, run = word + character, run + step
    yield word


def _cut(word: str, bold: bool) -> Iterator[str]:
    """A word, in parts only if no reasonable field would hold it."""
    if len(word) <= MOST_LETTERS and width(word, bold) <= WIDEST_WORD:
        yield word
        return
    part, run = "", 0.0
    for character in word:
        step = width(character, bold)
        if part and run + step > CUT_WORD and not _stays(part, character, step):
            yield part
            part, run = "", 0.0
        part, run = part + character, run + step
    yield part


def _stays(part: str, character: str, step: float) -> bool:
    """Whether this character may not begin a line after this part."""
    return character in DASHES or character == " " or part[-1] == " " or not step


def _needed(pieces: tuple[Piece, ...]) -> tuple[float, ...]:
    """The narrowest width for each number of lines, to a thousandth of an em, never too narrow."""
    if not pieces:
        return (0.0,)
    low = max(piece.width for piece in pieces)
    found = [sum(piece.space + piece.width for piece in pieces)]
    for count in range(2, min(MOST_LINES, len(pieces)) + 1):
        narrow, wide = low, found[-1]
        while wide - narrow > 0.001:
            middle = (narrow + wide) / 2
            narrow, wide = (narrow, middle) if _greedy(pieces, middle) <= count else (middle, wide)
        found.append(wide)
    return tuple(found)


def _greedy(pieces: tuple[Piece, ...], room: float) -> int:
    return len(_greedy_ends(pieces, room)) if all(p.width <= room for p in pieces) else TOO_MANY


def _greedy_ends(pieces: tuple[Piece, ...], room: float) -> tuple[int, ...]:
    """Where each line ends when every line takes as much as it can."""
    ends, used = [], 0.0
    for number, piece in enumerate(pieces):
        if number and used + piece.space + piece.width > room:
            ends.append(number)
            used = piece.width
        else:
            used += piece.space + piece.width
    return (*ends, len(pieces)) if pieces else ()


def _strain(pieces: tuple[Piece, ...], ends: tuple[int, ...]) -> int:
    return sum(pieces[end].strain for end in ends[:-1])


def _balanced_ends(pieces: tuple[Piece, ...], room: float, lines: int) -> tuple[int, ...]:
    """Where each line ends: least strain first, then the smallest sum of squared line widths."""
    best: list[tuple[float, tuple[int, ...]] | None] = [(0.0, ())] + [None] * len(pieces)
    for _ in range(min(lines, len(pieces))):
        following = list(best)
        for start, known in enumerate(best):
            if known is None or start == len(pieces):
                continue
            for end, cost in _lines_from(pieces, start, room):
                offer = (known[0] + cost, (*known[1], end))
                held = following[end]
                if len(offer[1]) <= lines and (held is None or offer < held):
                    following[end] = offer
        best = following
    found = best[-1]
    return found[1] if found else _greedy_ends(pieces, room)


def _lines_from(pieces: tuple[Piece, ...], start: int, room: float) -> Iterator[tuple[int, float]]:
    """Every line that can begin at this piece: its end and its cost."""
    used = 0.0
    for end in range(start + 1, len(pieces) + 1):
        piece = pieces[end - 1]
        used += piece.width + (piece.space if end > start + 1 else 0.0)
        if used > room and end > start + 1:
            return
        cut = 0.0 if end == len(pieces) else 10_000.0 * pieces[end].strain
        pause = 4.0 if end < len(pieces) and (piece.text[-1] in ",;:" or piece.text[-1] in DASHES) else 0.0
        yield end, used * used + cut - pause


def _joined(pieces: tuple[Piece, ...]) -> str:
    first, *rest = pieces
    return first.text + "".join((" " if piece.space else "") + piece.text for piece in rest)
