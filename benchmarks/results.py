"""What a check leaves for others to read: all requirements, with findings.json and the report: `… ROOT FOLDER`."""

import sys
from pathlib import Path

from kientruc import api
from kientruc.api.outputs import reported


def main(root: Path, folder: Path) -> None:
    """Load, check, and write both."""
    loaded = api.load(root, api.limits(200_000))
    reports = api.check_all(loaded)
    files, name, _ = reported(loaded, reports, "vi")
    folder.mkdir(exist_ok=True)
    (folder / "findings.json").write_text(api.findings_json(loaded, reports), encoding="utf-8")
    (folder / name).write_bytes(files[name])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
