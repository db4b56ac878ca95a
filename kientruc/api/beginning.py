"""A new architecture: the files it begins with, alone or from a workbook, and how they come into a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from kientruc.api.checking import edition, some_day
from kientruc.api.forms import FORM_EDITION, form_remarks, receive_form
from kientruc.api.schemas import SCHEMA_FILE, schema_text, with_modeline
from kientruc.errors import KientrucError, UsageError, no_file
from kientruc.finding import Finding
from kientruc.loading import Loaded, load_from
from kientruc.loading.gathered import ID, proposal
from kientruc.messages import text
from kientruc.reading.characters import FORBIDDEN, name_of, nfc
from kientruc.reading.limits import DEFAULT
from kientruc.views.remarks import Remark, remark

if TYPE_CHECKING:
    from kientruc.frameworks import Edition
    from kientruc.renderers.new_files import Placed
    from kientruc.views.skeleton import About

BEGIN_EDITION = "qgs-1425"  # in force, and the one an agency must follow
BEGIN_ASKED = ("edition", "agency", "name", "id", "cut-off")  # in the order of the questions
LINE = 1000  # characters of a name
ID_LENGTH = 60


class Begun(NamedTuple):
    """What is to be written, by path, and how it loads; nothing is where a workbook forbids it, as `remarks` tell.

    `findings` are those of the workbooks, and `remarks` put them into words, each with the workbook as the user named
    it. `left_out` counts the connections on record in surveys that lead to what none of them tells of.
    """

    files: Mapping[str, bytes]
    loaded: Loaded | None
    findings: tuple[Finding, ...] = ()
    remarks: tuple[tuple[Remark, Path], ...] = ()
    left_out: int = 0


def read_answer(asked: str, words: str, option: str = "") -> str:
    """Read the answer to one of `BEGIN_ASKED`; give it as it will be written, a day as year-month-day.

    Args:
        option: what was answered, as an error calls it; by default the option that says it.
    Raises:
        UsageError: it is none, with what is allowed.
    """
    words, option = nfc(words.strip()), option or f"--{asked}"
    if asked == "edition":
        return edition(words).id
    if asked == "cut-off":
        day = some_day(words, option)
        if not 1945 <= day.year <= 2200:
            raise UsageError("cli.bad-day", option=option, found=words)
        return day.isoformat()
    if asked == "id":
        if not ID.fullmatch(words) or len(words) > ID_LENGTH:
            raise UsageError("init.bad-id", found=words[:ID_LENGTH], near=_shortened(proposal(words)) or "kien-truc")
        return words
    if odd := FORBIDDEN.search(words):
        raise UsageError("init.bad-character", option=option, character=name_of(odd.group()))
    if not words or len(words) > LINE:
        raise UsageError("init.bad-name", option=option, found=str(len(words)), limit=str(LINE))
    return words


def default_answer(asked: str, answers: Mapping[str, str], folder: Path | None = None) -> str:
    """Give what is taken for one of `BEGIN_ASKED` where nobody says anything, after the answers before it.

    Args:
        folder: where the files go; an architecture is called as its folder is, if that has a name.
    Raises:
        UsageError: there is none: no clock decides up to when data speak.
    """
    if asked == "edition":
        return BEGIN_EDITION
    if asked == "agency":
        return text("init.agency", "vi")
    if asked == "name":
        return text("init.name", "vi", agency=answers["agency"])[:LINE]
    if asked == "id":
        named = proposal(folder.resolve().name) if folder else ""
        return _shortened(named or proposal(answers["name"])) or "kien-truc"
    raise UsageError("init.need-cut-off")


def _shortened(id: str) -> str:
    """Cut an id that is too long, between its words where there are any."""
    return id if len(id) <= ID_LENGTH else id[: ID_LENGTH + 1].rpartition("-")[0] or id[:ID_LENGTH]


def needs_answers(workbooks: Sequence[Path]) -> bool:
    """Tell whether somebody must say what is asked: a workbook of Mẫu 03 says it itself."""
    from kientruc.intake.beginning import is_survey

    return not workbooks or all(map(is_survey, workbooks))


def begin(answers: Mapping[str, str], workbooks: Sequence[Path] = (), lang: str = "vi") -> Begun:
    """Make the files of a new architecture; nothing is written yet.

    Args:
        answers: by what was asked, each as `read_answer` gives it. What is not there the workbooks must say, or has its
            default.
        workbooks: surveys that came back, or one workbook of Mẫu 03.
        lang: of the comments in the files.
    Raises:
        UsageError: there is no such file, the workbooks are of several sorts, or nobody says the cut-off.
        KientrucError: a name cannot be written so that it is read back the same.
    """
    from kientruc.intake.beginning import is_survey

    for path in workbooks:
        _need_reader()
        if not path.exists() and not path.is_symlink():
            raise no_file(path, "*.xlsx")
    sorts = [is_survey(path) for path in workbooks]
    if not workbooks:
        about, found = _about(answers)
        return _begun(found, about, lang, {})
    if all(sorts):
        return _from_surveys(answers, workbooks, lang)
    if len(workbooks) > 1:
        raise UsageError("init.workbooks")
    return _from_form(answers, workbooks[0], lang)


def _need_reader() -> None:
    """See that what reads workbooks is installed.

    Raises:
        UsageError: it is not.
    """
    if find_spec("openpyxl") is None:
        raise UsageError("cli.no-xlsx")


def _about(answers: Mapping[str, str]) -> tuple[About, Edition]:
    """Give the head of what was answered, defaults taken where nothing was."""
    from kientruc.views.skeleton import About, agency_id

    said = dict(answers)
    for asked in BEGIN_ASKED:
        if not said.get(asked):
            said[asked] = default_answer(asked, said)
    body, day = agency_id(said["agency"]), date.fromisoformat(said["cut-off"])
    id = f"kien-truc-{body}" if said["id"] == body else said["id"]
    return About(said["name"], said["agency"], body, id, day), edition(said["edition"])


def _from_form(answers: Mapping[str, str], path: Path, lang: str) -> Begun:
    from kientruc.intake.beginning import sections
    from kientruc.views.skeleton import About

    fits = (edition(FORM_EDITION).places_of, FORM_EDITION)
    found = edition(answers.get("edition") or fits[0])
    if found.id not in fits:
        raise UsageError("init.form-edition", found=found.id, allowed=", ".join(fits))
    day = date.fromisoformat(answers["cut-off"]) if answers.get("cut-off") else None
    received = receive_form(path, answers.get("name", ""), answers.get("agency", ""), day)
    remarks = tuple((one, path) for one in form_remarks(received.findings, lang))
    if received.architecture is None or received.blocked:
        return Begun({}, None, received.findings, remarks)
    given = sections(received.text)
    head = received.architecture.head
    agency = received.architecture.organisations[head.agency].name
    about = About(head.name, agency, head.agency, answers.get("id") or head.id, head.cut_off)
    begun = _begun(found, about, lang, given)
    return begun._replace(findings=received.findings, remarks=remarks)


def _from_surveys(answers: Mapping[str, str], paths: Sequence[Path], lang: str) -> Begun:
    from kientruc.intake.beginning import surveys
    from kientruc.intake.survey_changes import take
    from kientruc.renderers.skeleton_yaml import UNPLACED

    about, found = _about(answers)
    fresh = surveys(paths, about)
    begun = _begun(found, about, lang, {"organisations": fresh.organisations}, stray=True)
    assert begun.loaded is not None
    taken = take(begun.loaded, edition(FORM_EDITION), fresh.forms, into=UNPLACED)
    called = {id(one.source.file): path for one, path in zip(fresh.forms, paths, strict=True)}
    told = ((remark(one, lang), called.get(id(one.span.file) if one.span else 0, paths[0])) for one in taken.findings)
    remarks = tuple(told)
    if taken.blocked:
        return Begun({}, None, taken.findings, remarks)
    files = {**begun.files} | {one.file.path: one.data for one in taken.patch.files}
    return _whole(files, lang)._replace(findings=taken.findings, remarks=remarks, left_out=fresh.left_out)


def _begun(found: Edition, about: About, lang: str, given: Mapping[str, Any], stray: bool = False) -> Begun:
    from kientruc.editing.spelling import Unwritable
    from kientruc.renderers import skeleton_yaml
    from kientruc.views.skeleton import skeleton

    try:
        texts = skeleton_yaml.render(skeleton(found, about, given, stray), lang)
    except Unwritable as odd:
        raise KientrucError("init.unwritable", found=str(odd)[:60]) from None
    files = {}
    for path, words in texts.items():
        back = "../" * (len(PurePosixPath(path).parts) - 1)
        files[path] = (with_modeline(words, back + SCHEMA_FILE) if path.endswith(".yaml") else words).encode()
    return _whole(files, lang)


def _whole(files: Mapping[str, bytes], lang: str) -> Begun:
    """Add the schema, and load it all as it will lie there."""
    from kientruc.reading.memory import MemoryWorkspace
    from kientruc.renderers.skeleton_yaml import ROOT

    loaded = load_from(MemoryWorkspace(files, DEFAULT), ROOT)
    if loaded.architecture is None:
        first = loaded.findings[0]
        raise KientrucError("init.unreadable", code=first.code, where=str(first.span or ROOT))
    return Begun({SCHEMA_FILE: schema_text(lang, loaded).encode(), **files}, loaded)


def refuse_begun(folder: Path) -> None:
    """See that there is no architecture in a folder yet, before anybody is asked anything.

    Raises:
        UsageError: there is one.
        OutputError: the folder is a link.
    """
    from kientruc.renderers.new_files import refuse_taken
    from kientruc.renderers.skeleton_yaml import ROOT

    refuse_taken(folder, (ROOT,))


def place_begun(folder: Path, begun: Begun) -> Placed:
    """Write a new architecture into a folder: all of it, or nothing.

    Raises:
        UsageError: something stands there, or other YAML that would be drawn in. README.md and .gitignore may be
            there: they stay as they are.
        OutputError: the folder is a link, or the disk refused.
    """
    from kientruc.renderers import new_files
    from kientruc.renderers.skeleton_yaml import IGNORE, README
    from kientruc.views.skeleton import FOLDER

    others = (f"{FOLDER}/{path.name}" for path in sorted((folder / FOLDER).glob("*.yaml")))
    new_files.refuse_taken(folder, [path for path in others if path not in begun.files])
    return new_files.place(folder, begun.files, may_stay=(README, IGNORE))
