"""Make the fonts the package ships, and the table of widths that layout measures with. For developers only.

Give it a folder with NotoSans-Regular.ttf, NotoSans-Bold.ttf, NotoSansMath-Regular.ttf and the four Tinos-*.ttf:

    python tools/make_fonts.py FOLDER kientruc/renderers/fonts
"""

import argparse
import json
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

# fmt: off
LETTERS = (
    *range(0x20, 0x7F),  # Basic Latin
    *range(0xA0, 0x180),  # Latin-1 and Latin Extended-A
    0x1A0, 0x1A1, 0x1AF, 0x1B0,  # ơ ư
    0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323,  # the marks of Vietnamese, should text come decomposed
    *range(0x1EA0, 0x1EFA),  # Vietnamese
    *range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2020, 0x2021, 0x2022, 0x2026, 0x2030, 0x2032, 0x2033,
    0x2039, 0x203A, 0x2044, 0x2070, *range(0x2074, 0x207A), *range(0x2080, 0x208A),
    0x20AB, 0x20AC, 0x2116, 0x2122, 0xFFFD,
)
# fmt: on
SIGNS = (0x2190, 0x2191, 0x2192, 0x2193, 0x2194, 0x21D2, 0x21D4, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265)
WEIGHTS = ("Regular", "Bold")
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")  # of Tinos, which papers are set in


def reduced(source: Path, characters: tuple[int, ...], target: Path) -> Path:
    """Keep only these characters, with kerning and marks, without hints, ligatures or a clock."""
    options = subset.Options(hinting=False, notdef_outline=True, glyph_names=False, recalc_timestamp=False)
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.drop_tables = [*options.drop_tables, "DSIG", "MATH"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.save(target)
    return target


def made(source: Path, target: Path, weight: str) -> dict[str, int]:
    """Write one weight; answer the advance width of each of its characters in thousandths of the font size."""
    with tempfile.TemporaryDirectory() as folder:
        letters = reduced(source / f"NotoSans-{weight}.ttf", LETTERS, Path(folder) / "letters.ttf")
        signs = reduced(source / "NotoSansMath-Regular.ttf", SIGNS, Path(folder) / "signs.ttf")
        stamp = TTFont(letters)["head"].modified
        font = merge.Merger().merge([str(letters), str(signs)])
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = stamp
    font.save(target / f"NotoSans-{weight}.ttf")
    missing = [f"U+{code:04X}" for code in (*LETTERS, *SIGNS) if code not in font.getBestCmap()]
    if missing:
        print(f"{weight}: not in the source: {' '.join(missing)}")
    return widths(font)


def widths(font: TTFont) -> dict[str, int]:
    """Answer the advance width of each character in thousandths of the font size."""
    metrics, names = font["hmtx"], font.getBestCmap()
    return {chr(code): round(metrics[names[code]][0] * 1000 / font["head"].unitsPerEm) for code in sorted(names)}


def paper(source: Path, target: Path, style: str) -> dict[str, int]:
    """Write one style of Tinos, which has all letters and signs itself; answer the widths of its characters."""
    name = f"Tinos-{style}.ttf"
    there = TTFont(source / name).getBestCmap()
    kept = tuple(code for code in (*LETTERS, *SIGNS) if code in there)
    missing = [f"U+{code:04X}" for code in (*LETTERS, *SIGNS) if code not in there]
    if missing:
        print(f"{name}: not in the source: {' '.join(missing)}")
    return widths(TTFont(reduced(source / name, kept, target / name)))


def save(table: dict[str, dict[str, int]], path: Path) -> None:
    """Write a table of widths, one style a line."""
    text = json.dumps(table, ensure_ascii=True, separators=(",", ":"))
    path.write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments, write six fonts and two tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("source", type=Path)
    arguments.add_argument("target", type=Path)
    given = arguments.parse_args()
    save({one.lower(): made(given.source, given.target, one) for one in WEIGHTS}, given.target / "widths.json")
    save({one.lower(): paper(given.source, given.target, one) for one in STYLES}, given.target / "tinos.json")


if __name__ == "__main__":
    main()
