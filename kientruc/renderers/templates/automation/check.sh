results=${KIENTRUC_RESULTS:-kientruc-results}
mkdir -p "$results"
rm -f "$results"/*
code=0
kientruc check "$KIENTRUC_FILE" --fail-on "$KIENTRUC_FAIL_ON" || code=$?
kientruc check "$KIENTRUC_FILE" --fail-on never --format md --to "$results/check.md" || true
if git cat-file -e "$KIENTRUC_BASE^{commit}" 2>/dev/null; then
  kientruc diff "$KIENTRUC_BASE" "$KIENTRUC_FILE" --format md --to "$results/diff.md" || true
fi
