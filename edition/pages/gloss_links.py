"""The links of a gloss, each with its target's veil and the other glosses that link there."""

from dataclasses import dataclass

from annotations.models import Gloss, GlossLink
from edition.pages.backlinks import other_backlinks
from edition.pages.margin import links_from, passage_views
from edition.pages.veil import Veil, Veiled, veil_over
from edition.requests.access import PUBLISHED, Readable
from essays.models import Essay


@dataclass(frozen=True)
class ResolvedLink:
    """One link of a gloss.

    `veil` hides its target, where a veil does; `elsewhere` has the links of other glosses to the
    same target.
    """

    link: GlossLink
    essay: Essay
    veil: Veil | None
    elsewhere: list[Veiled[GlossLink]]

    @property
    def phrase(self) -> str:
        """The words of the target passage that are meant; empty if they are no longer there."""
        passage, phrase = self.link.passage, self.link.phrase
        if not (passage and phrase):
            return ""
        return phrase if phrase in passage.text else ""


def gloss_links_context(gloss: Gloss, readable: Readable = PUBLISHED) -> dict:
    """The context of a card or page: `links`, and `covered`, the glosses inside its words."""
    links = list(links_from(gloss.passage.essay).filter(gloss=gloss))
    elsewhere = other_backlinks(gloss, links, readable)
    gloss_veil = veil_over(gloss.passage)
    [view] = passage_views(gloss.passage.essay, gloss_veil, [gloss.passage], with_notes=False)
    covered = view.covered.get(str(gloss.pk), ())
    return {
        "links": [_resolved(link, gloss, gloss_veil, elsewhere[link.pk]) for link in links],
        "covered": [other for other in view.glosses if str(other.pk) in covered],
    }


def _resolved(
    link: GlossLink, gloss: Gloss, gloss_veil: Veil | None, elsewhere: list[Veiled[GlossLink]]
) -> ResolvedLink:
    passage = link.passage or (link.quotation.passage if link.quotation else None)
    same_essay = passage is not None and passage.essay_id == gloss.essay_id
    # A reader who sees a gloss behind a veil has opened that veil.
    veil = None if passage is None or (gloss_veil and same_essay) else veil_over(passage)
    return ResolvedLink(link, gloss.passage.essay, veil, elsewhere)
