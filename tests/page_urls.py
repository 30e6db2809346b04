"""The URLs of the site's pages, and the headers that request a page or a fragment."""

from annotations.models import Gloss, Quotation, Theme
from edition.pages.backlinks import visible_links
from essays.models import Essay, Passage, Work

CARD = {"HX-Request": "true", "HX-Request-Type": "partial"}
# htmx sends this when the reader goes back in the browser's history.
WHOLE_BY_HTMX = {"HX-Request": "true", "HX-Request-Type": "full"}


def with_cards() -> list[str]:
    """The URLs that answer with a card to htmx and with a page to others."""
    theme_links = visible_links().filter(theme__isnull=False)
    pairs = {(link.gloss.essay.slug, link.theme.slug) for link in theme_links}
    targets = [one for model in (Gloss, Quotation, Theme, Work) for one in model.objects.all()]
    return [
        *(target.get_absolute_url() for target in targets),
        *(f"/{essay}/themes/{theme}/" for essay, theme in sorted(pairs)),
    ]


def pages_only() -> list[str]:
    passages = Passage.objects.filter(leads_to=None)
    return [
        *("/", "/themes/", "/search/", "/search/?q=the"),
        *(essay.get_absolute_url() for essay in Essay.objects.all()),
        *(passage.get_absolute_url() for passage in passages.select_related("essay")),
    ]
