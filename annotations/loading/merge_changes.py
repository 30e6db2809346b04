"""Compare files and site with what both said after the last load: who changed what?"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.loading.snapshot import SECTIONS, State
from annotations.revising import Draft

Thing = tuple[str, str]


@dataclass(frozen=True)
class Last:
    """What the files said at the last load, and what the site was left saying otherwise."""

    files: State
    settled: State

    def on_site(self, section: str, name: str) -> object:
        settled = self.settled.get(section, {})
        return settled[name] if name in settled else self.files.get(section, {}).get(name)


@dataclass
class Merge:
    """`apply` are the things that take what the files say; `edited` those that both changed."""

    apply: set[Thing]
    edited: list[Thing]
    files: State
    site: State
    last: Last

    def describe(self, thing: Thing) -> str:
        """A line that says what an editor did to one of `edited`."""
        section, name = thing
        what = f"{section[:-2] if section == 'glosses' else section[:-1]} {name}"
        if section == "essay":
            what = "the order of the passages" if name == "order" else f"the essay’s {name}"
        if name not in self.site[section]:
            return f"{what} (taken out on the site)"
        if self.last.on_site(section, name) is None:
            return f"{what} (on the site, not from these files)"
        if name not in self.files[section]:
            return f"{what} (edited on the site, taken out of the files)"
        return what


def merge(files: State, site: State, last: Last, take: str | None) -> Merge:
    """`take` is who wins where the site was edited: `file`, `site`, or None to find out."""
    result = Merge(set(), [], files, site, last)
    for section in SECTIONS:
        names = {**files[section], **last.files.get(section, {}), **site[section]}
        for name in names:
            said = files[section].get(name)
            shown = site[section].get(name)
            left = last.on_site(section, name)
            before = last.files.get(section, {}).get(name)
            alike = _same_order if (section, name) == ("essay", "order") else _equal
            if alike(said, shown):
                continue
            untouched = alike(shown, left)
            if untouched and alike(said, before) and take != "file":
                continue
            if untouched and (alike(left, before) or alike(said, before)):
                result.apply.add((section, name))
                continue
            result.edited.append((section, name))
            if take == "file":
                result.apply.add((section, name))
    return result


def merged_text(result: Merge) -> list[Draft]:
    """The passages in their order, each as whoever won says."""
    files, site = result.files["passages"], result.site["passages"]
    said = {
        key: (files if ("passages", key) in result.apply else site).get(key)
        for key in [*files, *site]
    }
    orders = [result.files["essay"]["order"], result.site["essay"].get("order", [])]
    if ("essay", "order") not in result.apply and not _same_order(*orders):
        orders.reverse()
    order = [key for key in orders[0] if said.get(key)]
    for place, key in enumerate(orders[1]):
        if said.get(key) and key not in order:
            before = next((k for k in reversed(orders[1][:place]) if k in order), None)
            order.insert(order.index(before) + 1 if before else 0, key)
    return [Draft(key=key, **said[key]) for key in order]


def _equal(one: object, other: object) -> bool:
    return one == other


def _same_order(one: Sequence[str] | None, other: Sequence[str] | None) -> bool:
    """Whether the passages that both name come in the same order."""
    if one is None or other is None:
        return True
    return [key for key in one if key in other] == [key for key in other if key in one]
