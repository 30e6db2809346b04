"""The mail settings, read from the URL in MAIL_URL."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "django.core.mail.backends"
ENCRYPTION = {"smtp": {}, "smtp+tls": {"use_tls": True}, "smtp+ssl": {"use_ssl": True}}


def mailers(url: str) -> dict:
    """The value of MAILERS for MAIL_URL; empty without it. Raises ImproperlyConfigured."""
    if not url:
        return {}
    try:
        parts = urlsplit(url)
        if parts.scheme == "file" and parts.path:
            return _mailer("filebased", file_path=unquote(parts.path))
        if parts.scheme in ENCRYPTION and parts.hostname:
            return _mailer(
                "smtp",
                host=parts.hostname,
                port=parts.port,
                username=unquote(parts.username or ""),
                password=unquote(parts.password or ""),
                timeout=10,
                **ENCRYPTION[parts.scheme],
            )
    except ValueError:  # The port is not a number.
        pass
    raise ImproperlyConfigured(
        "MAIL_URL is no address that mail can go to. Give it as in "
        "smtp+tls://name:password@mail.example.org:587; smtp+ssl:// and smtp:// work, too, "
        "and file:///folder keeps the mail in a folder. Write %40 for an @ in name or password."
    )


def _mailer(backend: str, **options) -> dict:
    return {"default": {"BACKEND": f"{BACKENDS}.{backend}.EmailBackend", "OPTIONS": options}}
