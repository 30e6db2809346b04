"""What the site stores about people, for the page “Privacy”: one list, fed by the settings.

`tests/edition/test_privacy_page.py` fails if a cookie, or a model that names a person, is missing.
"""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account import app_settings as account_settings
from django.conf import settings

from annotations.models import UNDO_PERIOD
from edition.requests import password_limits
from edition.requests.rate_limits import MINUTE
from essays.counted import counted
from readers import guests, person

UNITS = [("year", 365 * 24 * 3600), ("week", 7 * 24 * 3600), ("day", 24 * 3600)]
UNITS += [("hour", 3600), ("minute", 60), ("second", 1)]


# Who changed what at the desk, with the history of each thing that editors make.
HISTORY = (
    *("annotations.ModerationAct", "admin.LogEntry", "essays.Revision"),
    *("annotations.HistoricalQuotation", "annotations.HistoricalTheme"),
    *("annotations.HistoricalGloss", "annotations.HistoricalGlossLink"),
    *("essays.HistoricalWork", "essays.HistoricalEssay", "essays.HistoricalCorrection"),
    "essays.HistoricalSite",
)


@dataclass(frozen=True)
class Stored:
    """A thing that is stored: its name on the page, what it is for, and how long it stays.

    `models` are the labels of the models whose rows it is.
    """

    name: str
    purpose: str
    until: str
    models: tuple[str, ...] = ()


def in_words(seconds: float) -> str:
    """The time in its largest unit that divides it: “3 weeks”, “10 minutes”."""
    unit, size = next((unit, size) for unit, size in UNITS if seconds % size == 0)
    return counted(int(seconds // size), unit)


def cookies() -> list[Stored]:
    closed = "until you close the browser"
    account = in_words(account_settings.SESSION_COOKIE_AGE)
    return [
        Stored(
            settings.GUEST_COOKIE_NAME,
            "set when you write without an account: by it the site knows which notes are yours",
            f"{in_words(guests.YEAR)} after you last wrote",
        ),
        Stored(
            settings.SESSION_COOKIE_NAME, "keeps you signed in", f"{account}, or until you sign out"
        ),
        Stored(
            settings.PERSON_COOKIE_NAME,
            "changes when somebody else uses this browser, so that no page of yours reappears",
            f"{in_words(person.YEAR)}, or until you sign out",
        ),
        Stored(
            settings.KNOWN_COOKIE_NAME,
            "set when you sign in: wrong passwords that others try do not keep this browser out",
            in_words(password_limits.YEAR),
        ),
        Stored(
            settings.CSRF_COOKIE_NAME,
            "set with each form: keeps other sites from sending forms in your name",
            in_words(settings.CSRF_COOKIE_AGE),
        ),
        Stored(
            settings.PREVIEW_COOKIE_NAME, "lets you read a draft that you got a link to", closed
        ),
        Stored("messages", "holds a line such as “Saved” for the next page", "until you saw it"),
    ]


def records() -> list[Stored]:
    deleted = f"until you delete it, and {in_words(UNDO_PERIOD.total_seconds())} for undoing that"
    account = "until you delete your account"
    return [
        Stored(
            "Notes, highlights and replies",
            "what you write, and where in the text; those for only you are shown to nobody else",
            deleted,
            ("annotations.Note", "annotations.Reply"),
        ),
        Stored(
            "You as a reader",
            "which notes are by the same person, with an account or by the guest’s cookie",
            "as long as there are notes of yours, or your account",
            ("readers.Reader",),
        ),
        Stored(
            "Your account",
            "user name, pen name, a password that nobody can read, when you signed in last, and an "
            "e-mail address if you give one",
            account,
            ("readers.User", "account.EmailAddress"),
        ),
        Stored(
            "Sessions",
            "who is signed in, by the session’s cookie",
            f"{in_words(account_settings.SESSION_COOKIE_AGE)}, or until you sign out",
            ("sessions.Session",),
        ),
        Stored(
            "Reports",
            "what you reported to the moderators, and why",
            account,
            ("annotations.Flag",),
        ),
        Stored(
            "Questions about a note",
            "whether an editor may quote your note, and your answer",
            "as long as the note",
            ("annotations.Promotion",),
        ),
        Stored(
            "What editors and moderators did",
            "who changed or decided what, and when; not what readers wrote",
            "as long as the site",
            HISTORY,
        ),
    ]


def on_the_device() -> list[str]:
    return [
        "what you choose under Appearance, and which notes are shown",
        "which films you have seen",
        "notes that you have not saved yet: for you alone, until you save or discard them",
    ]


def limits() -> str:
    """How the site holds back misuse without keeping an address."""
    return in_words(timedelta(seconds=2 * MINUTE).total_seconds())
