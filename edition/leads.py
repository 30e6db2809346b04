"""Where a gloss leads: each of its links with what it points to, and where else that is met."""

from dataclasses import dataclass
from functools import cached_property

from annotations.models import Gloss, GlossLink
from edition.margin import LINKS, passage_views
from edition.threads import threads_of
from edition.veil import Veil, Veiled, veil_over
from essays.models import Essay, Passage


@dataclass(frozen=True)
class Lead:
    """One link of a gloss. `veil` is the veil over what it points to, if one is."""

    link: GlossLink
    essay: Essay
    veil: Veil | None

    @property
    def passage(self) -> Passage | None:
        """The passage that it points to, or that prints the quotation it points to."""
        return printing_passage(self.link)

    @property
    def phrase(self) -> str:
        """The words of that passage that it means, as far as they still stand there."""
        passage, phrase = self.link.passage, self.link.phrase
        if not (passage and phrase):
            return ""
        return phrase if phrase in passage.text else ""

    @cached_property
    def elsewhere(self) -> list[Veiled[GlossLink]]:
        """The other glosses that lead to the same thing."""
        target = {self.link.kind: self.link.target}
        return threads_of(besides=self.link.gloss, **target)


def gloss_leads(gloss: Gloss) -> dict:
    """For a card or page: `leads`, and `covered`, the glosses whose words its link covers."""
    links = LINKS.filter(gloss=gloss)
    over = veil_over(gloss.passage)
    [view] = passage_views(gloss.passage.essay, over, only=gloss.passage)
    covered = view.covered.get(str(gloss.pk), ())
    return {
        "leads": [_lead(link, gloss, behind=over is not None) for link in links],
        "covered": [other for other in view.glosses if str(other.pk) in covered],
    }


def printing_passage(link: GlossLink) -> Passage | None:
    return link.passage or (link.quotation.passage if link.quotation else None)


def _lead(link: GlossLink, gloss: Gloss, *, behind: bool) -> Lead:
    passage = printing_passage(link)
    same_essay = passage is not None and passage.essay_id == gloss.essay_id
    # Who reads a gloss behind a veil has opened that veil already.
    veil = None if passage is None or (behind and same_essay) else veil_over(passage)
    return Lead(link=link, essay=gloss.passage.essay, veil=veil)
