"""The one way to issue anything official: a number, frozen content, bytes sealed once, open to anyone's check."""

from .forgetting import forget
from .issuing import reserve, seal
from .kinds import KINDS, PaperKind, kind_of, register, state_label
from .pdf import RenderFailed, warm
from .rendering import AlreadySealed, Rendition, render, texts_of
from .revoking import revoke

__all__ = [
    "KINDS",
    "AlreadySealed",
    "PaperKind",
    "RenderFailed",
    "Rendition",
    "forget",
    "kind_of",
    "register",
    "render",
    "reserve",
    "revoke",
    "seal",
    "state_label",
    "texts_of",
    "warm",
]
