"""The site's own pages: about, imprint, privacy."""

from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe

from edition.requests.allowed_methods import require_safe
from essays.models import Site


@require_safe
def own_page(request, page):
    """One of `essays.site_identity.PAGES`; 404 while it has no text."""
    site = Site.objects.first()
    html = getattr(site, f"{page}_html", "")
    if not html:
        raise Http404
    context = {"title": getattr(site, f"{page}_title"), "html": mark_safe(html)}
    return render(request, "edition/pages/own_page.html", context)
