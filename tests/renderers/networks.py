"""Pictures of networks for tests: like those of a province, and drawn by lot."""

from __future__ import annotations

import random

from kientruc.views.network import Cluster, Edge, LineEntry, LineMark, NetworkPicture, Node, Shape
from kientruc.views.picture import LegendEntry, Mark

NAMES = (
    "Nền tảng tích hợp, chia sẻ dữ liệu tỉnh (LGSP)", "Cơ sở dữ liệu đất đai", "Hệ thống thông tin giải quyết TTHC",
    "Phần mềm quản lý công trình ngầm, cây xanh", "Y tế", "Kho dữ liệu dùng chung tỉnh", "Ứng dụng công dân số",
    "Trung tâm giám sát, điều hành thông minh (IOC)", "Cổng dữ liệu mở", "Phần mềm theo dõi xử lý vi phạm hành chính",
)  # fmt: skip
LABELS = ("", "Thửa đất, chủ sử dụng đất", "Hồ sơ", "", "Kết quả kiểm tra an toàn thực phẩm", "REST qua HTTPS")
MARKS = (Mark.PRESENT, Mark.CHANGED, Mark.ADDED)
LINES = (LineMark.PRESENT, LineMark.PLANNED, LineMark.ASSUMED)
LEGEND = tuple(LegendEntry(mark, f"Nghĩa của {mark.value}") for mark in MARKS)
ENTRIES = tuple(LineEntry(mark, f"Đường {mark.value}") for mark in LINES)
SHAPES = tuple(Shape)


def network(boxes: int, lines: int, frames: int = 3, seed: int = 1, labelled: bool = True) -> NetworkPicture:
    """A platform that many use, and lines drawn by lot among the rest; every fourth box stands in no frame."""
    draw = random.Random(seed)
    clusters = tuple(Cluster(f"f{n}", f"Nhóm hệ thống số {n}", "f0" if n == 2 else "") for n in range(frames))
    nodes = tuple(
        Node(
            f"e-{n}", NAMES[n % len(NAMES)], MARKS[n % 3], f"Ghi chú {n}", SHAPES[n % len(SHAPES)],
            "AB"[: n % 3], f"f{n % frames}" if frames and n % 4 else "",
        )
        for n in range(boxes)
    )  # fmt: skip
    ends = [(draw.randrange(boxes), 0 if n % 2 else draw.randrange(boxes)) for n in range(lines if boxes else 0)]
    edges = tuple(
        Edge(f"l-{n}", f"e-{a}", f"e-{b}", LINES[n % 3], LABELS[n % len(LABELS)] if labelled else "")
        for n, (a, b) in enumerate(dict.fromkeys(ends))
    )
    return NetworkPicture(
        f"net-{boxes}-{lines}-{seed}", "Luồng dữ liệu giữa các hệ thống", "Tỉnh Mẫu, đến 30/09/2026", "Một hình thử",
        "vi", nodes, edges, clusters, LEGEND, ENTRIES, "Nguồn: dữ liệu thử.", notes=("Mỗi đường là một quan hệ.",),
    )  # fmt: skip
