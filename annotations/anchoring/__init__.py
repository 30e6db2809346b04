"""Anchors that survive editing: pure functions over passages, spans and quotes.

Offsets are Unicode code points, end exclusive.
"""

from annotations.anchoring.pairing import pair
from annotations.anchoring.quoting import describe, locate
from annotations.anchoring.remapping import remap
from annotations.anchoring.shapes import AnchorRecord, AnchorState, Candidate, Outcome, Quote, Span

__all__ = [
    "AnchorRecord",
    "Candidate",
    "Outcome",
    "Quote",
    "Span",
    "AnchorState",
    "describe",
    "locate",
    "pair",
    "remap",
]
