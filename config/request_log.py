"""Gives each request an id, which is in its log lines and in the response, and logs it if asked."""

import logging
import re
import time
import uuid

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied

from config.logs import place_of, request_id

access = logging.getLogger("access")
FROM_PROXY = re.compile(r"[A-Za-z0-9-]{8,64}")


def identify(get_response):
    """Middleware: name the request in its log lines and response; log it if ACCESS_LOG is on."""

    def middleware(request):
        name = _id_of(request)
        token = request_id.set(name)
        began = time.perf_counter()
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = name
            if settings.ACCESS_LOG:
                _log(request, response, time.perf_counter() - began)
        finally:
            request_id.reset(token)
        return response

    return middleware


def _id_of(request) -> str:
    given = request.headers.get("X-Request-ID", "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
    return given if FROM_PROXY.fullmatch(given) else uuid.uuid4().hex


def _log(request, response, seconds: float) -> None:
    fields = {
        "method": request.method,
        "path": place_of(request, response.status_code),
        "status": response.status_code,
        "milliseconds": round(seconds * 1000),
        "visitor": _visitor(request),
    }
    access.info("request", extra={"fields": fields})


def _visitor(request) -> str:
    """The hash of the address that the request came from."""
    try:
        return get_adapter().get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):
        return "unknown"
