"""Anchors that survive editing: pure functions over passages, spans and quotes.

Offsets are Unicode code points, end exclusive. Read the files in this order: shapes (what goes in
and comes out), words (tokens), remapping (the entry: what happens to each anchor), then what it
uses: aligning (which token became which) with ends, matching and sliding; pairing (which passage
continues which); placing (a span read off the alignment); originals (which words were quoted
first, and where words stand verbatim); searching (a quote looked for by its words). quoting
describes and locates spans in one text; graphemes and lines are helpers.
"""

from annotations.anchoring.pairing import pair
from annotations.anchoring.quoting import describe, locate
from annotations.anchoring.remapping import remap
from annotations.anchoring.shapes import AnchorRecord, AnchorState, Candidate, Outcome, Quote, Span

__all__ = [
    "AnchorRecord",
    "AnchorState",
    "Candidate",
    "Outcome",
    "Quote",
    "Span",
    "describe",
    "locate",
    "pair",
    "remap",
]
