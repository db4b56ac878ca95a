"""The diagrams that an edition prescribes for a type of framework are there, in the version of the whole."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from kientruc.frameworks.forms import Diagram, Duty
from kientruc.model.view_request import ViewRequest
from kientruc.result import Status
from kientruc.validators.check import Check
from kientruc.validators.deciding import key
from kientruc.validators.matter import Found, Matter


class Diagrams(Check):
    """`what: present` asks for every mandatory diagram of the type, `version` that a diagram says the head's version.

    Versions are compared where both are told.

    A diagram is a record of `views` with its code. Which are mandatory is told by the edition's forms.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = frozenset(("id", "name", "found", "allowed"))

    kind: Literal["diagrams"]
    what: Literal["present", "version"]

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each diagram, in the edition's order; a person decides while the type is not said."""
        forms = matter.edition.forms
        prescribed = forms.diagrams if forms else {}
        drawn = {key(view.code): view for view in matter.architecture.records["views"].values() if view.code}
        if self.what == "version":
            yield from _versions([drawn[key(code)] for code in prescribed if key(code) in drawn], matter)
            return
        if matter.is_empty:
            return
        type, head = matter.architecture.head.type, matter.architecture.head
        for code, diagram in prescribed.items():
            if diagram.duty is not Duty.MANDATORY or (type and type not in diagram.of):
                continue
            about, view = _about(code, diagram), drawn.get(key(code))
            if view is not None:
                yield Found(Status.PASS, "drawn", (code,), about, (view.id,), view.span("code"))
            elif type:
                yield Found(Status.FAIL, "missing", (code,), about | matter.nothing("found"), (), head.span())
        if not type:
            yield Found(Status.MANUAL, "undecided", (head.id,), {}, (), head.span())


def _versions(views: list[ViewRequest], matter: Matter) -> Iterator[Found]:
    head = matter.architecture.head
    for view in views:
        names = {"id": str(view.code), "name": view.name, "name_en": view.name_en or view.name}
        if head.version is None or view.version is None:
            continue  # two versions differ only where both are told
        if key(view.version) == key(head.version):
            yield Found(Status.PASS, "same", (view.id,), names, (view.id, head.id), view.span("version"))
            continue
        values = {**names, "found": view.version, "allowed": head.version}
        also = (span,) if (span := head.span("version")) else ()
        yield Found(Status.FAIL, "differs", (view.id,), values, (), view.span("version"), also)


def _about(code: str, diagram: Diagram) -> dict[str, str]:
    names = {"id": code, "name": diagram.name.vi, "name_en": diagram.name.en}
    return names | {"allowed": diagram.figure or code}
