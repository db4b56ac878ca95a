"""`kientruc check --fix`: what a finding proposes is put into the files, where it needs no judgement."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc.errors import UsageError
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.loading import Loaded


def fixed(file: Path, loaded: "Loaded", fix: bool, dry_run: bool, format: str, lang: str) -> "Loaded":
    """Mend what was loaded, if that was asked for, and say what was done.

    Returns:
        What came of loading the mended files; else what was loaded, findings with their fixes where a format has room.
    """
    from kientruc import api

    if not fix:
        if dry_run:
            raise UsageError("fix.dry-run-alone")
        return api.with_fixes(file, loaded) if format in ("json", "sarif", "sarif-github") else loaded
    mended = api.fix(file, loaded)
    to = sys.stdout if format == "text" else sys.stderr
    if dry_run:
        to.write(mended.patch.diff())
    else:
        mended.patch.write(file.parent)
    for line in api.fix_lines(mended, lang):
        print(line, file=to)
    key = "fix.nothing" if not mended.done else "fix.would" if dry_run else "fix.done"
    print(text(key, lang, count=len(mended.done), files=len(mended.patch.files)), file=sys.stderr)
    return mended.after
