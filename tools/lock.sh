#!/usr/bin/env bash
# Writes the two lock files from pyproject.toml: every version with its hashes, for Linux, Windows and macOS, Python 3.11+.
# Pins already in the lock files are kept where they still fit; `UPGRADE=1 tools/lock.sh` takes the newest of everything.
# No address is written: which index to ask is the business of each machine.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if command -v uv >/dev/null; then
  uv=uv
else
  "${PYTHON:-python3}" -m venv "$work/venv"
  "$work/venv/bin/python" -m pip install --quiet 'uv>=0.13,<0.14'
  uv="$work/venv/bin/uv"
fi

compile() {  # compile OUTPUT ARGUMENT...
  local output=$1
  shift
  "$uv" pip compile pyproject.toml "$@" --output-file "$output" ${UPGRADE:+--upgrade} --quiet \
    --universal --python-version 3.11 --generate-hashes --no-header --no-annotate >/dev/null
}
compile requirements.lock --extra all --group build
compile requirements-dev.lock --extra all --extra dev --group build --constraint requirements.lock
bash tools/hygiene.sh
