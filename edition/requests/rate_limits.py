"""How much one reader, and one address, may write, change, search and export in a minute.

The settings have the limits, as in NOTES_A_MINUTE and NOTES_A_MINUTE_BY_ADDRESS. What is read is
counted in the process, since no reading page may write to the database.
"""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpResponse

from essays.counted import counted
from readers import limit_counters

MINUTE = 60


def count_write(request, form) -> int:
    """Count a new note, reply or report. Return for how many seconds its sender has to wait.

    It is 0 below the limit; past it, the form gets an error that says so, and is not valid.
    """
    return refuse(form, _take(request, "NOTES", limit_counters.database))


def count_change(request) -> int:
    """Count a change of what the reader wrote; return for how many seconds they have to wait."""
    return _take(request, "CHANGES", limit_counters.database)


def count_search(request) -> int:
    return _take(request, "SEARCHES", limit_counters.process)


def count_export(request) -> int:
    return _take(request, "EXPORTS", limit_counters.process)


def refuse(form, wait: int) -> int:
    """Add an error to the form if its sender has to `wait`; return `wait`."""
    if wait:
        message = f"That was a lot in one minute. Your words are still here: {advice(wait)}"
        form.add_error(None, message)
    return wait


def with_wait(response: HttpResponse, wait: int) -> HttpResponse:
    """The response, which says for how many seconds to wait if it is not 0."""
    if wait:
        response["Retry-After"] = str(wait)
    return response


def too_many_searches(wait: int) -> str:
    return f"These were a lot of searches in one minute: {advice(wait, 'search again')}"


def advice(wait: int, then: str = "save") -> str:
    return f"wait {counted(wait, 'second')}, then {then}."


def _take(request, kind: str, counters) -> int:
    address = get_adapter().get_client_ip(request)
    limits = {f"{kind} address {address}": getattr(settings, f"{kind}_A_MINUTE_BY_ADDRESS")}
    if request.reader:
        limits[f"{kind} reader {request.reader.pk}"] = getattr(settings, f"{kind}_A_MINUTE")
    return limit_counters.take(limits, MINUTE, counters)
