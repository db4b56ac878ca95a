"""The package of a DOCX without what a library's template brings along."""

from __future__ import annotations

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

MODE, OFFICE = "compatibilityMode", "http://schemas.microsoft.com/office/word"
UNUSED = ("customXml", "numbering", "stylesWithEffects", "webSettings")


def bare(word: Document) -> Document:
    """Drop what the library's own template brings along and a paper does not need; ask for the layout of Word 2013.

    Before it, a table stood out of the text by the room in its cells.
    """
    for one in word.settings.element.iter(qn("w:compat")):
        for old in [child for child in one if child.get(qn("w:name")) == MODE]:
            one.remove(old)
        one.append(parse_xml(f'<w:compatSetting {nsdecls("w")} w:name="{MODE}" w:uri="{OFFICE}" w:val="15"/>'))
    for rels, kinds in ((word.part.rels, UNUSED), (word.part.package.rels, ("thumbnail",))):
        for id in [id for id, rel in rels.items() if rel.reltype.rpartition("/")[2] in kinds]:
            del rels[id]
    return word
