"""A network like that of a province: three departments, a platform that most use, data that some read."""

from __future__ import annotations

from kientruc.views.network import Cluster, Edge, LineEntry, LineMark, NetworkPicture, Node, Shape
from kientruc.views.picture import LegendEntry, Mark

MARKS = (Mark.PRESENT, Mark.CHANGED, Mark.ADDED)


def network(boxes: int) -> NetworkPicture:
    """So many boxes, and five lines for four of them; every fourth line has a label."""
    nodes = tuple(
        Node(
            f"n{n}", f"Hệ thống thông tin chuyên ngành số {n}", MARKS[n % 3],
            shape=Shape.CYLINDER if n % 5 == 4 else Shape.BOX, cluster=f"f{n % 3}",
        )
        for n in range(boxes)
    )  # fmt: skip
    ends = [(f"n{n}", "n0") for n in range(1, boxes)] + [(f"n{n}", f"n{n + 4}") for n in range(0, boxes - 4, 4)]
    edges = tuple(
        Edge(f"l{n}", *pair, LineMark.PRESENT if n % 2 else LineMark.PLANNED, "Hồ sơ" if n % 4 == 3 else "")
        for n, pair in enumerate(ends)
    )
    return NetworkPicture(
        "network", "Hệ thống và dữ liệu", "Tỉnh Mẫu", "Hình để đo", "vi", nodes, edges,
        tuple(Cluster(f"f{n}", f"Sở số {n}") for n in range(3)), tuple(LegendEntry(mark, mark.value) for mark in MARKS),
        (LineEntry(LineMark.PRESENT, "Đang có"), LineEntry(LineMark.PLANNED, "Sẽ có")), "Nguồn: không có thật.",
    )  # fmt: skip
