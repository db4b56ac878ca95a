"""Editions of the national framework, and the law of their time: what they hold is data, this folder only reads it.

Forms and the calendar of days off stand apart, in files of their own: most commands need neither.
"""

from kientruc.frameworks.about import Standing
from kientruc.frameworks.coded import known_codes
from kientruc.frameworks.edition import Edition, load_edition, load_pack
from kientruc.frameworks.law import LawRegister
from kientruc.frameworks.path import PathStep
from kientruc.frameworks.reader import EditionError
from kientruc.frameworks.requirement import Clause, Modality, NotRead, Requirement, Stage
from kientruc.frameworks.shelf import edition_ids, edition_name, places_of, stage_names, stages_of
from kientruc.frameworks.vocabulary import Bilingual, CodeList, Place, Role, Words
from kientruc.frameworks.words import load_words, roles

__all__ = [
    "Bilingual",
    "Clause",
    "CodeList",
    "Edition",
    "EditionError",
    "LawRegister",
    "Modality",
    "NotRead",
    "PathStep",
    "Place",
    "Requirement",
    "Role",
    "Stage",
    "Standing",
    "Words",
    "edition_ids",
    "edition_name",
    "known_codes",
    "load_edition",
    "load_pack",
    "load_words",
    "places_of",
    "roles",
    "stage_names",
    "stages_of",
]
