"""The site's own pages: about, imprint, privacy."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe

from edition.pages import privacy_page
from edition.requests.allowed_methods import require_safe
from essays.models import Site


@require_safe
def privacy(request):
    """What the site stores, from the code and the settings; then what editors add to it."""
    site = Site.objects.first() or Site()
    context = {
        "title": site.privacy_title,
        "html": mark_safe(site.privacy_html),
        "cookies": privacy_page.cookies(),
        "records": privacy_page.records(),
        "on_the_device": privacy_page.on_the_device(),
        "limits": privacy_page.limits(),
        "access_log": settings.ACCESS_LOG,
        "sends_mail": settings.SENDS_MAIL,
    }
    return render(request, "edition/pages/privacy.html", context)


@require_safe
def own_page(request, page):
    """One of `essays.site_identity.PAGES`; 404 while it has no text."""
    site = Site.objects.first()
    html = getattr(site, f"{page}_html", "")
    if not html:
        raise Http404
    context = {"title": getattr(site, f"{page}_title"), "html": mark_safe(html)}
    return render(request, "edition/pages/own_page.html", context)
