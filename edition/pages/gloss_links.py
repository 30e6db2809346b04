"""Where a gloss leads: each of its links with what it points to, and where else that is met."""

from dataclasses import dataclass

from annotations.models import Gloss, GlossLink
from edition.pages.backlinks import threads_besides
from edition.pages.margin import links_from, passage_views
from edition.pages.veil import Veil, Veiled, veil_over
from edition.requests.access import PUBLISHED, Readable
from essays.models import Essay


@dataclass(frozen=True)
class Lead:
    """One link of a gloss. `veil` is the veil over what it points to, if one is.

    `elsewhere` holds the other glosses that lead to the same thing.
    """

    link: GlossLink
    essay: Essay
    veil: Veil | None
    elsewhere: list[Veiled[GlossLink]]

    @property
    def phrase(self) -> str:
        """The words of that passage that it means, as far as they still stand there."""
        passage, phrase = self.link.passage, self.link.phrase
        if not (passage and phrase):
            return ""
        return phrase if phrase in passage.text else ""


def gloss_leads(gloss: Gloss, readable: Readable = PUBLISHED) -> dict:
    """For a card or page: `leads`, and `covered`, the glosses whose words its link covers."""
    links = list(links_from(gloss.passage.essay).filter(gloss=gloss))
    elsewhere = threads_besides(gloss, links, readable)
    over = veil_over(gloss.passage)
    [view] = passage_views(gloss.passage.essay, over, [gloss.passage], notes=False)
    covered = view.covered.get(str(gloss.pk), ())
    return {
        "leads": [_lead(link, gloss, over, elsewhere[link.pk]) for link in links],
        "covered": [other for other in view.glosses if str(other.pk) in covered],
    }


def _lead(
    link: GlossLink, gloss: Gloss, over: Veil | None, elsewhere: list[Veiled[GlossLink]]
) -> Lead:
    passage = link.passage or (link.quotation.passage if link.quotation else None)
    same_essay = passage is not None and passage.essay_id == gloss.essay_id
    # Who reads a gloss behind a veil has opened that veil already.
    veil = None if passage is None or (over and same_essay) else veil_over(passage)
    return Lead(link, gloss.passage.essay, veil, elsewhere)
