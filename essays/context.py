"""What every template may name."""

from django.conf import settings


def site(request):
    return {"site": {"name": settings.SITE_NAME, "url": settings.SITE_URL.rstrip("/")}}
