"""A passage as its readers will get it, made from what an editor has typed so far."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

from annotations import anchoring
from annotations.models import Gloss, Quotation
from annotations.text.highlight import Mark, highlight
from essays import markup
from essays.models import Passage


@dataclass(frozen=True)
class Preview:
    """What `edition/reading/_passage.html` draws; or `error`, in plain words.

    `gone` lost their words.
    """

    passage: Passage
    html: SafeString = SafeString()
    error: str = ""
    quotation: Quotation | None = None
    gone: list[Gloss] = field(default_factory=list)

    @property
    def view(self) -> "Preview":
        return self


def preview_of(passage: Passage, source: str, kind: str) -> Preview:
    """`passage` as it would be with this source; one that is not saved has no glosses."""
    seen = Passage(essay=passage.essay, key=passage.key or "new", number=passage.number)
    seen.source, seen.kind, seen.version = source, kind, passage.version
    try:
        seen.render()
    except markup.MarkupError as error:
        return Preview(seen, error=str(error))
    if passage.pk is None:
        return Preview(seen, mark_safe(seen.html))
    marks, gone = _marks(passage, seen.text)
    printed = passage.quotations.select_related("work").filter(text=seen.text).first()
    return Preview(seen, mark_safe(highlight(seen.html, marks).html), "", printed, gone)


def _marks(passage: Passage, text: str) -> tuple[list[Mark], list[Gloss]]:
    """Where the glosses of the passage stand in another text of it; those that would not."""
    glosses = Gloss.objects.standing().filter(passage=passage).prefetch_related("links")
    on_words = {str(gloss.pk): gloss for gloss in glosses if not gloss.is_whole_passage}
    given = [
        anchoring.Anchor(
            name,
            0,
            anchoring.Span(gloss.start, gloss.end),
            anchoring.describe(passage.text, anchoring.Span(gloss.start, gloss.end)),
        )
        for name, gloss in on_words.items()
    ]
    found = anchoring.remap([passage.text], [text], given, same={0: 0})
    marks = [
        Mark(one.id, one.start, one.end, gloss.get_absolute_url(), "gloss", gloss.mark_classes)
        for one in found
        if one.start is not None
        for gloss in [on_words[one.id]]
    ]
    return marks, [on_words[one.id] for one in found if one.start is None]
