"""What brings about the codes that newcomers meet first, and the same put right: shown by `kientruc explain CODE`."""

from __future__ import annotations

from types import MappingProxyType

EXAMPLES = MappingProxyType(  # what is wrong, and what is right
    {
        "M-REF": (
            "elements:\n  a: {kind: application, name: A, hosted_on: phong-mai}\n  phong-may: {kind: site, name: P}\n",
            "elements:\n  a: {kind: application, name: A, hosted_on: phong-may}\n  phong-may: {kind: site, name: P}\n",
        ),
        "M-KIND": ("elements:\n  a: {kind: aplication, name: A}\n", "elements:\n  a: {kind: application, name: A}\n"),
        "M-ID": ("elements:\n  Van-Ban: {kind: site, name: A}\n", "elements:\n  van-ban: {kind: site, name: A}\n"),
        "M-PAIR": (
            "elements:\n  a: {kind: application, name: A, hosted_on: b}\n  b: {kind: data_store, name: B}\n",
            "elements:\n  a: {kind: application, name: A, reads: b}\n  b: {kind: data_store, name: B}\n",
        ),
        "Y-INDENT": (
            "elements:\n  a:\n    kind: site\n     name: A\n",
            "elements:\n  a:\n    kind: site\n    name: A\n",
        ),
        "Y-NULL": (
            "elements:\n  a: {kind: site, name: A, B}\n",
            'elements:\n  a: {kind: site, name: "A, B"}\n',
        ),
    }
)
