"""Compare the files and the site with their states at the last load, to see who changed what."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.loading.snapshot import SECTIONS, State
from annotations.revising import Draft

ItemKey = tuple[str, str]  # Section and name.


@dataclass(frozen=True)
class LastLoad:
    """The state of the files at the last load, and where the site differed from it afterwards."""

    files: State
    differences: State

    def on_site(self, section: str, name: str) -> object:
        differences = self.differences.get(section, {})
        if name in differences:
            return differences[name]
        return self.files.get(section, {}).get(name)


@dataclass
class Merge:
    """`apply` has the items to take from the files, `edited` those that the site changed, too."""

    apply: set[ItemKey]
    edited: list[ItemKey]
    files: State
    site: State
    last: LastLoad

    def describe(self, item: ItemKey) -> str:
        """A line on what an editor did to one of `edited`."""
        section, name = item
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


def merge(files: State, site: State, last: LastLoad, take: str | None) -> Merge:
    """`take` is who wins where the site was edited: `file`, `site`, or None if nobody said."""
    result = Merge(set(), [], files, site, last)
    for section in SECTIONS:
        names = {**files[section], **last.files.get(section, {}), **site[section]}
        for name in names:
            in_files = files[section].get(name)
            on_site = site[section].get(name)
            old_on_site = last.on_site(section, name)
            old_in_files = last.files.get(section, {}).get(name)
            alike = _same_order if (section, name) == ("essay", "order") else _equal
            if alike(in_files, on_site):
                continue
            unedited = alike(on_site, old_on_site)
            if unedited and alike(in_files, old_in_files) and take != "file":
                continue
            if unedited and (alike(old_on_site, old_in_files) or alike(in_files, old_in_files)):
                result.apply.add((section, name))
                continue
            result.edited.append((section, name))
            if take == "file":
                result.apply.add((section, name))
    return result


def merged_text(result: Merge) -> list[Draft]:
    """The passages in order, each from the files or the site, whichever won."""
    files, site = result.files["passages"], result.site["passages"]
    passages = {
        key: (files if ("passages", key) in result.apply else site).get(key)
        for key in [*files, *site]
    }
    orders = [result.files["essay"]["order"], result.site["essay"].get("order", [])]
    if ("essay", "order") not in result.apply and not _same_order(*orders):
        orders.reverse()
    order = [key for key in orders[0] if passages.get(key)]
    for place, key in enumerate(orders[1]):
        if passages.get(key) and key not in order:
            before = next((k for k in reversed(orders[1][:place]) if k in order), None)
            order.insert(order.index(before) + 1 if before else 0, key)
    return [Draft(key=key, **passages[key]) for key in order]


def _equal(one: object, other: object) -> bool:
    return one == other


def _same_order(one: Sequence[str] | None, other: Sequence[str] | None) -> bool:
    """Whether the passages that are in both come in the same order."""
    if one is None or other is None:
        return True
    return [key for key in one if key in other] == [key for key in other if key in one]
