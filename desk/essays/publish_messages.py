"""What each step of publishing does, in sentences that an editor reads before taking it."""

from django.conf import settings
from django.utils import timezone

from essays.counted import counted
from essays.models import Essay


def when(at) -> str:
    """A moment in the site's time: “on 3 May 2030 at 09:00 UTC”."""
    at = timezone.localtime(at)
    return f"on {at.day} {at:%B %Y at %H:%M %Z}"


def publishing_points(essay: Essay) -> list[str]:
    points = [_contents(essay), _addresses(essay, "from now on"), _veil(essay)]
    if essay.publish_at:
        points.append(f"It was to be published {when(essay.publish_at)}; now it is at once.")
    if essay.preview_token:
        points.append("Who has its preview link is led to the essay.")
    return points


def scheduling_points(essay: Essay) -> list[str]:
    points = [_contents(essay), _addresses(essay, "from that time on"), _veil(essay)]
    if essay.publish_at:
        points.append(f"So far it is to be published {when(essay.publish_at)}.")
    return points


def cancelling_points(essay: Essay) -> list[str]:
    if not essay.publish_at:
        return ["No time is set."]
    return [
        f"It was to be published {when(essay.publish_at)}. It stays a draft until you publish it.",
        "A preview link goes on working.",
    ]


def unpublishing_points(essay: Essay) -> list[str]:
    return [
        f"Who comes to {settings.SITE_URL}{essay.get_absolute_url()} or to a page of it is told "
        "that nothing is here. It leaves the shelf, the search and the feeds.",
        "Readers keep their notebooks: what they wrote stays there and in what they take along, "
        "where it says that the essay is not published at present. Nobody else sees their notes "
        "meanwhile.",
        "You and others at the desk can go on reading it as a draft. Publish it again, and every "
        "note is back in its place.",
    ]


def _contents(essay: Essay) -> str:
    passages, glosses = essay.passages.current().count(), essay.glosses.count()
    return f"{counted(passages, 'passage')}, {counted(glosses, 'gloss')}."


def _addresses(essay: Essay, since: str) -> str:
    return (
        f"Everybody finds it {since}: at {settings.SITE_URL}{essay.get_absolute_url()}, on the "
        "shelf, in the search, and on the pages of its works and themes."
    )


def _veil(essay: Essay) -> str:
    if not (essay.veil_after and essay.veil_work):
        return "It has no veil: all of it is open to those who have not seen the film."
    after = essay.veil_after.number
    return f"Its veil stands after passage {after}, for who has not seen {essay.veil_work.title}."
