"""The 17 kinds of element: one row each, with its layer and its names; nothing else lists them."""

from __future__ import annotations

from enum import StrEnum


class Layer(StrEnum):
    """The layer an element belongs to, as ArchiMate 3.2 cuts them; data is its passive application layer."""

    BUSINESS = "business"
    APPLICATION = "application"
    DATA = "data"
    TECHNOLOGY = "technology"


class Kind(StrEnum):
    """What an element is.

    A row is: key, layer, the words that put it into groups of the table of legal pairs (`verbs.py`), Vietnamese,
    English, and the fields that only this kind may have. The crosswalk to ArchiMate is apart.
    """

    layer: Layer
    groups: frozenset[str]
    vi: str
    en: str
    own_fields: frozenset[str]

    def __new__(cls, key: str, layer: Layer, groups: str, vi: str, en: str, own_fields: str = "") -> Kind:
        """Make a member whose value is its key."""
        kind = str.__new__(cls, key)
        kind._value_ = key
        kind.layer = layer
        kind.groups = frozenset((key, "element", f"{layer.value}_layer", *groups.split()))
        kind.vi, kind.en = vi, en
        kind.own_fields = frozenset(own_fields.split())
        return kind

    def in_(self, lang: str) -> str:
        """Give its name in a language."""
        return self.en if lang == "en" else self.vi

    USER_GROUP = "user_group", Layer.BUSINESS, "", "nhóm người sử dụng", "user group"
    CHANNEL = "channel", Layer.BUSINESS, "", "kênh truy cập", "access channel"
    PUBLIC_SERVICE = (
        *("public_service", Layer.BUSINESS, "service", "dịch vụ công", "public service"),
        "service_level centralised_by",
    )
    PROCESS = "process", Layer.BUSINESS, "behaviour", "quy trình", "process"
    FUNCTION = "function", Layer.BUSINESS, "behaviour", "chức năng", "function"
    PORTAL_SERVICE = "portal_service", Layer.APPLICATION, "service software", "dịch vụ cổng", "portal service"
    SHARED_SERVICE = "shared_service", Layer.APPLICATION, "service software", "dịch vụ dùng chung", "shared service"
    APPLICATION = "application", Layer.APPLICATION, "software system", "ứng dụng", "application", "service_level"
    PLATFORM = "platform", Layer.APPLICATION, "software system", "nền tảng", "platform"
    INTERFACE = "interface", Layer.APPLICATION, "software", "giao diện kết nối", "interface"
    DATA_STORE = "data_store", Layer.DATA, "", "cơ sở dữ liệu", "data store", "data_type"
    INFORMATION = "information", Layer.DATA, "", "đối tượng thông tin", "information object", "data_type"
    NODE = "node", Layer.TECHNOLOGY, "", "máy chủ, cụm máy chủ", "node"
    DEVICE = "device", Layer.TECHNOLOGY, "", "thiết bị", "device"
    NETWORK = "network", Layer.TECHNOLOGY, "", "mạng", "network"
    SITE = "site", Layer.TECHNOLOGY, "", "trung tâm dữ liệu, phòng máy", "site"
    INFRA_SERVICE = "infra_service", Layer.TECHNOLOGY, "service", "dịch vụ hạ tầng", "infrastructure service"
