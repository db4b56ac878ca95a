"""The example notebook, from the cells below: no outputs and no counts, so that it is the same after every run."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "examples" / "notebook.ipynb"
CELLS = (  # text in Markdown, code in Python; Vietnamese first
    """# Kiến trúc trong một sổ tay Jupyter
Ví dụ dùng [tỉnh mẫu](tinh-mau/README.md): mọi số liệu trong đó là giả định. Mọi hàm: [docs/api.md](../docs/api.md).

*An architecture in a Jupyter notebook, on the sample province (all data in it are made up). All functions:
`docs/api.md`. Add `lang="en"` for English.*""",
    """from kientruc import api

loaded = api.load("tinh-mau/architecture.yaml")
api.card(loaded)""",
    """## Xem một thành phần
Mọi điều hồ sơ ghi về nó, quan hệ hai chiều, nơi nhắc tới nó, nguồn, tệp và dòng. *One element: all that is said.*""",
    """architecture = loaded.architecture
lgsp = next(one for one in architecture.elements.values() if one.role == "lgsp")
api.card(loaded, lgsp.id)""",
    """## Hỏi: nó dừng thì điều gì dừng theo?
*What stops if it stops?*""",
    """api.card(api.Questions(architecture).impact(lgsp.id))""",
    """## Đối chiếu với hai khung
Khung mà hồ sơ khai, và khung trước đó. *Against two editions: the one it declares, and the one before.*""",
    """reports = api.check_all(loaded, [architecture.head.edition, "cps-4.0"])
api.card(reports)""",
    """## Bảng kết quả
Mỗi kết quả một dòng, không cần pandas; có pandas thì `pandas.DataFrame(rows)`. *One plain row for each outcome.*""",
    """from collections import Counter

rows = api.outcome_rows(reports)
for (edition, status), count in sorted(Counter((row["edition"], row["status"]) for row in rows).items()):
    print(f"{edition:10} {status:16} {count:5}")""",
    """failed = [row for row in rows if row["status"] == "fail"]
for row in failed[:5]:
    print(f"{row['requirement']}  {row['file']}:{row['line']}\\n    {row['message']}")""",
    """## Vẽ
*A view, drawn.*""",
    """api.card(api.view(loaded, "layered"))""",
)


def notebook() -> str:
    """Spell the notebook: format 4.5, cells named by their number."""
    cells = []
    for number, source in enumerate(CELLS):
        lines = source.splitlines(keepends=True)
        if source.startswith(("#", "*")):
            cell: dict[str, object] = {"cell_type": "markdown"}
        else:
            cell = {"cell_type": "code", "execution_count": None, "outputs": []}
        cells.append({**cell, "id": f"o-{number:02}", "metadata": {}, "source": lines})
    about = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    made = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write the notebook anew."""
    NOTEBOOK.write_text(notebook(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{NOTEBOOK.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
