"""The log: lines of JSON on standard error, without anything that readers wrote.

Left out are query strings, what forms held, addresses of machines, the parts of a path that are
secrets, the text of exceptions and the values of variables.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest

request_id: ContextVar[str] = ContextVar("request_id", default="")

# The arguments of routes that tell where in a text somebody was. Others may be secrets.
SHOWN = {"slug", "key", "number", "theme"}
ARGUMENT = re.compile(r"(?<!\?P)<(?:\w+:)?(\w+)>")


class JsonFormatter(logging.Formatter):
    """One line of JSON for each record."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.message_of(record),
        }
        if name := request_id.get():
            line["request"] = name
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["errors"] = list(errors_of(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)

    def message_of(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            # Django's own message has the whole path, or what was wrong with a value.
            status = getattr(record, "status_code", 400)
            return f"{request.method} {place_of(request, status)}: {status}"
        # PostgreSQL adds lines that quote values.
        return record.getMessage().partition("\n")[0]


def errors_of(error: BaseException | None):
    """The exception and those that led to it, the last one first: types and lines of code."""
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        stack = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        yield {"type": type(error).__qualname__, "stack": stack}
        error = error.__cause__ or error.__context__


def place_of(request: HttpRequest, status: int) -> str:
    """The path of a request, with the names of its arguments in place of those not SHOWN.

    Where there is no page, or no access to it, they may be anything that was typed.
    """
    match = request.resolver_match
    if match is None:
        return "(a file)" if request.path_info.startswith("/static/") else "(no page)"

    def filled(found: re.Match) -> str:
        name = found[1]
        shown = name in SHOWN and not 400 <= status < 500
        return str(match.kwargs[name]) if shown else f"<{name}>"

    return "/" + ARGUMENT.sub(filled, match.route)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonFormatter}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "access": {"level": "INFO"},
        "django": {"level": "WARNING", "propagate": True, "handlers": []},
        "django.request": {"level": "ERROR"},
        # Anyone can send a wrong token or host; the response is enough, without a line in the log.
        "django.security.csrf": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
