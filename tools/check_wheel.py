"""Compare a built wheel with git: every tracked file below kientruc/ must be in it, and no file git does not know."""

import subprocess
import sys
import zipfile
from pathlib import Path


def main(wheel: Path) -> int:
    listed = subprocess.run(["git", "ls-files", "-z", "kientruc"], check=True, capture_output=True).stdout
    tracked = set(filter(None, listed.decode("utf-8").split("\0")))
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("kientruc/")}
    for name in sorted(tracked - packed):
        print(f"{wheel.name}: missing: {name}", file=sys.stderr)
    for name in sorted(packed - tracked):
        print(f"{wheel.name}: not in git: {name}", file=sys.stderr)
    if tracked == packed:
        print(f"{wheel.name}: all {len(tracked)} files of kientruc/ are in it")
    return int(tracked != packed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
