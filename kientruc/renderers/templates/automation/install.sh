python3 -m venv "$KIENTRUC_VENV"
if [ -d "$KIENTRUC_INSTALL" ] && [ ! -f "$KIENTRUC_INSTALL/pyproject.toml" ]; then
  "$KIENTRUC_VENV/bin/python" -m pip install --quiet --no-index -f "$KIENTRUC_INSTALL" kientruc
else
  "$KIENTRUC_VENV/bin/python" -m pip install --quiet "$KIENTRUC_INSTALL"
fi
