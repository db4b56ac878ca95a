"""Dự thảo Quyết định phê duyệt: bases, three articles, and who signs: the People's Committee or its chairman."""

from __future__ import annotations

from dataclasses import replace

from kientruc.views.document import Article, Document, Enacting, SignatureBlock, says
from kientruc.views.dossier.facts import Dossier
from kientruc.views.dossier.wording import COMMON

ID = "quyet-dinh"


def decision(dossier: Dossier) -> Document:
    """Make the draft. Which of the two issues it is a legal choice, and the dossier's to say."""
    version = dossier.architecture.head.version
    named = dossier.say(ID, "version", version=version) if version else ""
    chairman = dossier.say(COMMON, "chairman")
    body = (dossier.say(COMMON, "for_committee"), chairman)
    return replace(
        dossier.paper(ID, dossier.head(dossier.say(ID, "symbol"), dossier.committee, draft=True)),
        authority=dossier.say(ID, "authority_chairman" if dossier.chairman else "authority_body"),
        bases=(*dossier.bases(), says(dossier.say(ID, "proposal"))),
        blocks=(
            Enacting(dossier.say(ID, "decides")),
            Article(says(dossier.say(ID, "approve", version=named))),
            Article(says(dossier.say(ID, "in_force"))),
            Article(says(dossier.say(ID, "carry_out"))),
        ),
        signatures=(SignatureBlock((chairman,) if dossier.chairman else body),),
        recipients=(dossier.say(ID, "recipients"), dossier.say(COMMON, "archive")),
    )
