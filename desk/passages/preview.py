"""A passage as readers will see it, from what an editor has typed so far. Saves nothing.

It covers one passage and its own glosses; what a change does to all that is attached to the essay,
the gate shows (`desk/passages/gate.py`).
"""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

from annotations import anchoring
from annotations.models import Gloss, Quotation
from annotations.text.highlight import Mark, highlight
from essays import markup
from essays.models import Passage


@dataclass(frozen=True)
class Preview:
    """What `edition/reading/_passage.html` renders, or `error`, the renderer's message.

    `lost` are those whose words the new text does not contain.
    """

    passage: Passage
    html: SafeString = SafeString()
    error: str = ""
    quotation: Quotation | None = None
    lost: list[Gloss] = field(default_factory=list)


def preview_of(passage: Passage, source: str, kind: str) -> Preview:
    """`passage` with another source and kind; one that is not saved has no glosses."""
    draft = Passage(essay=passage.essay, key=passage.key or "new", number=passage.number)
    draft.source, draft.kind, draft.version = source, kind, passage.version
    try:
        draft.render()
    except markup.MarkupError as error:
        return Preview(draft, error=str(error))
    if passage.pk is None:
        return Preview(draft, mark_safe(draft.html))
    marks, lost = _marks(passage, draft.text)
    quotation = passage.quotations.select_related("work").filter(text=draft.text).first()
    html = mark_safe(highlight(draft.html, marks).html)
    return Preview(draft, html, "", quotation, lost)


def _marks(passage: Passage, text: str) -> tuple[list[Mark], list[Gloss]]:
    """The marks of the passage's glosses on its new `text`, and the glosses that lose theirs."""
    glosses = Gloss.objects.placed().filter(passage=passage).prefetch_related("links")
    by_id = {str(gloss.pk): gloss for gloss in glosses if not gloss.is_whole_passage}
    anchors = [
        anchoring.AnchorRecord(
            name,
            0,
            anchoring.Span(gloss.start, gloss.end),
            anchoring.describe(passage.text, anchoring.Span(gloss.start, gloss.end)),
        )
        for name, gloss in by_id.items()
    ]
    moved = anchoring.remap([passage.text], [text], anchors, same={0: 0})
    marks = [
        Mark(one.id, one.start, one.end, gloss.get_absolute_url(), "gloss", gloss.mark_classes)
        for one in moved
        if one.start is not None
        for gloss in [by_id[one.id]]
    ]
    return marks, [by_id[one.id] for one in moved if one.start is None]
