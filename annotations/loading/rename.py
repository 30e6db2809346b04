"""Let files that use former names mean what bears them on the site by now.

A thing that was given another address is the same thing; one that was merged into another is said
by the other, so what the files say of it no longer counts. The order of links is kept.
"""

from annotations.catalogue.slugs import Now
from annotations.loading.snapshot import State

Names = dict[str, dict[str, Now]]


def with_todays_names(state: State, names: Names) -> State:
    """A State, or what is known of one, in which every name is one of today."""
    found = dict(state)
    for kind in ("theme", "work", "quotation"):
        section = f"{kind}s"
        if section in found:
            found[section] = _things(found[section], names[kind])
    if "essay" in found:
        found["essay"] = _essay(found["essay"], names["work"])
    if "quotations" in found:
        found["quotations"] = {
            name: value and {**value, "work": _now(value["work"], names["work"])}
            for name, value in found["quotations"].items()
        }
    if "glosses" in found:
        found["glosses"] = {
            key: value and {**value, "links": _links(value["links"], names)}
            for key, value in found["glosses"].items()
        }
    return found


def rename_lines(state: State, names: Names) -> list[str]:
    """A line for each thing of the files that is another on the site."""
    return [
        f"the {kind} {name} of the files is {now.slug} on the site"
        for kind, of_kind in names.items()
        for name, now in of_kind.items()
        if name in state[f"{kind}s"]
    ]


def _things(things: dict, names: dict[str, Now]) -> dict:
    found = {name: value for name, value in things.items() if name not in names}
    for name, value in things.items():
        now = names.get(name)
        if now and not now.merged:
            found.setdefault(now.slug, value)
    return found


def _essay(said: dict, works: dict[str, Now]) -> dict:
    said = dict(said)
    if said.get("works"):
        said["works"] = list(dict.fromkeys(_now(name, works) for name in said["works"]))
    if said.get("veil"):
        said["veil"] = {**said["veil"], "work": _now(said["veil"]["work"], works)}
    return said


def _links(links: list[dict], names: Names) -> list[dict]:
    """As a merge leaves them: of two to the same thing the one that meant it already stays."""
    now = [{**link, "name": _now(link["name"], names.get(link["to"], {}))} for link in links]
    meant = {_end(link) for link, new in zip(links, now, strict=True) if link == new}
    found: list[dict] = []
    for link, new in zip(links, now, strict=True):
        if link == new or _end(new) not in meant:
            found.append(new)
    return found


def _end(link: dict) -> tuple[str, str]:
    return link["to"], link["name"]


def _now(name: str, names: dict[str, Now]) -> str:
    return names[name].slug if name in names else name
