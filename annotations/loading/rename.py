"""Replace former names in files by the names that the site uses today.

A work, theme or quotation with a new address is still the same one. Of one that was merged into
another, what the files say is ignored. Links keep their order.
"""

from annotations.catalogue.slugs import CurrentName
from annotations.loading.snapshot import State

Names = dict[str, dict[str, CurrentName]]


def with_todays_names(state: State, names: Names) -> State:
    """The State, or part of one, with today's names only."""
    renamed = dict(state)
    for kind in ("theme", "work", "quotation"):
        section = f"{kind}s"
        if section in renamed:
            renamed[section] = _catalogue(renamed[section], names[kind])
    if "essay" in renamed:
        renamed["essay"] = _essay(renamed["essay"], names["work"])
    if "quotations" in renamed:
        renamed["quotations"] = {
            name: value and {**value, "work": _now(value["work"], names["work"])}
            for name, value in renamed["quotations"].items()
        }
    if "glosses" in renamed:
        renamed["glosses"] = {
            key: value and {**value, "links": _links(value["links"], names)}
            for key, value in renamed["glosses"].items()
        }
    return renamed


def rename_lines(state: State, names: Names) -> list[str]:
    """A line for each name in the files that is another on the site."""
    return [
        f"the {kind} {name} of the files is {now.slug} on the site"
        for kind, of_kind in names.items()
        for name, now in of_kind.items()
        if name in state[f"{kind}s"]
    ]


def _catalogue(values: dict, names: dict[str, CurrentName]) -> dict:
    renamed = {name: value for name, value in values.items() if name not in names}
    for name, value in values.items():
        now = names.get(name)
        if now and not now.merged:
            renamed.setdefault(now.slug, value)
    return renamed


def _essay(values: dict, works: dict[str, CurrentName]) -> dict:
    values = dict(values)
    if values.get("works"):
        values["works"] = list(dict.fromkeys(_now(name, works) for name in values["works"]))
    if values.get("veil"):
        values["veil"] = {**values["veil"], "work": _now(values["veil"]["work"], works)}
    return values


def _links(links: list[dict], names: Names) -> list[dict]:
    """With today's names; of two links with the same target only the one that had it already."""
    now = [{**link, "name": _now(link["name"], names.get(link["to"], {}))} for link in links]
    unchanged = {_target(link) for link, new in zip(links, now, strict=True) if link == new}
    renamed: list[dict] = []
    for link, new in zip(links, now, strict=True):
        if link == new or _target(new) not in unchanged:
            renamed.append(new)
    return renamed


def _target(link: dict) -> tuple[str, str]:
    return link["to"], link["name"]


def _now(name: str, names: dict[str, CurrentName]) -> str:
    return names[name].slug if name in names else name
