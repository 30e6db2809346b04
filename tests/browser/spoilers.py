"""Spoilers: every sequence of four words that occurs only behind the closed veil."""

import re
from itertools import chain

from annotations.models import Gloss, Theme
from essays.models import Essay, Passage, Work

RUN = 4


def _runs(text: str) -> set[str]:
    words = re.findall(r"\w+(?:[’']\w+)*", text.lower())
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def _texts_of(glosses) -> list[str]:
    own = ((gloss.source, gloss.words) for gloss in glosses)
    reasons = (link.reason for gloss in glosses for link in gloss.links.all())
    return [*chain.from_iterable(own), *reasons]


class Spoilers:
    """The word sequences of the essay “Her” and its margin that occur only behind the veil."""

    def __init__(self):
        essay = Essay.objects.get(slug="her")
        passages = Passage.objects.filter(essay=essay, number__isnull=False)
        after = essay.veil_after.number
        self.passages = list(passages.filter(number__gt=after).order_by("number"))
        glosses = Gloss.objects.filter(essay=essay).prefetch_related("links")
        veiled = self.passages
        free_passages = list(passages.filter(number__lte=after))
        free = [essay.title, essay.dek, essay.veil_text, *(one.text for one in free_passages)]
        free += _texts_of(glosses.filter(passage__in=free_passages))
        free += [f"{one.name} {one.definition}" for one in Theme.objects.all()]
        free += [f"{one.title} {one.byline}" for one in Work.objects.all()]
        veiled = [one.text for one in veiled] + _texts_of(glosses.filter(passage__in=veiled))
        self.runs = set().union(*map(_runs, veiled)) - set().union(*map(_runs, free))

    def given_away_by(self, text: str, typed: str = "") -> set[str]:
        """The veiled words in a text, but for those that the reader typed."""
        return _runs(text) & self.runs - _runs(typed)
