"""Editions of the national framework, and the law of their time: what they hold is data, this folder only reads it."""

from kientruc.frameworks.about import Standing
from kientruc.frameworks.edition import (
    Edition,
    edition_ids,
    load_edition,
    load_pack,
    load_words,
    places_of,
    roles,
    stages_of,
)
from kientruc.frameworks.forms import Crosswalk, Diagram, Duty, Form, FormField, Forms, Heading
from kientruc.frameworks.holidays import Calendar, UnknownYear, calendar, deadline_of
from kientruc.frameworks.law import LawRegister
from kientruc.frameworks.path import PathStep
from kientruc.frameworks.reader import EditionError
from kientruc.frameworks.requirement import Clause, Modality, NotRead, Requirement, Stage
from kientruc.frameworks.vocabulary import Bilingual, CodeList, Place, Role, Words

__all__ = [
    "Bilingual",
    "Calendar",
    "Clause",
    "CodeList",
    "Crosswalk",
    "Diagram",
    "Duty",
    "Edition",
    "EditionError",
    "Form",
    "FormField",
    "Forms",
    "Heading",
    "LawRegister",
    "Modality",
    "NotRead",
    "PathStep",
    "Place",
    "Requirement",
    "Role",
    "Stage",
    "Standing",
    "UnknownYear",
    "Words",
    "calendar",
    "deadline_of",
    "edition_ids",
    "load_edition",
    "load_pack",
    "load_words",
    "places_of",
    "roles",
    "stages_of",
]
