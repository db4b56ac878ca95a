"""The names of `kientruc.api` that stay: their names, arguments and meaning change only with a line in the changelog.

What else is there serves the commands and may change with them. `docs/api.md` is made of this list and of docstrings.
"""

STABLE = {  # topic: names, in the order in which somebody meets them
    "load": ("load", "load_text", "loading_remarks", "limits", "Loaded", "Limits", "sentence"),
    "check": ("check", "check_all", "review", "fails", "summary", "outcome_rows", "Report"),
    "look": ("card", "Card", "show", "explain", "Questions", "spell_answer", "status", "spell_status"),
    "draw": ("views", "view", "spell_view"),
    "compare": ("diff", "spell_difference", "open_versions", "Version"),
    "write": ("spell_results", "findings_json", "build", "Built", "dossier", "HandedIn", "form_workbook"),
    "change": ("rename", "fmt", "migrate", "upgrade"),
    "send": ("cut", "Shown", "bundle", "Bundled", "verify"),
    "editions": ("edition", "editions"),
}
