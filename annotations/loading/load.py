"""Load a folder of files into the site."""

from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from annotations import search
from annotations.catalogue.slugs import current_names
from annotations.editorial.publish import set_published
from annotations.loading.apply import MODELS, Applying
from annotations.loading.effects import effect_lines, impact_after, lost_lines
from annotations.loading.errors import EditedOnSite, WordsLost
from annotations.loading.folder import Folder, read_folder
from annotations.loading.merge_changes import LastLoad, Merge, merge
from annotations.loading.rename import rename_lines, with_todays_names
from annotations.loading.resolve import state_of_files
from annotations.loading.snapshot import SECTIONS, State, passage_value, state_of_site
from annotations.models import Load
from annotations.revising import Draft, bump_counters, draft_of, lock_pages, match_keys
from annotations.revising.drafts import key_from
from essays import markup
from essays.change_history import FROM_FILE, because
from essays.counted import counted
from essays.models import Essay
from essays.transactions import lock, writing

NEVER_LOADED = LastLoad({}, {})


@dataclass(frozen=True)
class Loaded:
    """An essay after a load, and lines on what the load changed."""

    essay: Essay
    lines: tuple[str, ...]


def load(path: Path, *, take: str | None = None, lose: bool = False, draft: bool = False) -> Loaded:
    """Load the essay in folder `path`, in one transaction; a new one is published at once.

    `take` is `file` or `site`: who wins where both were edited since the last load. With `lose`
    annotations may lose their words; with `draft` a new essay is not published. Raises NotLoaded
    (LoadError, EditedOnSite, WordsLost), MarkupError or RevisingError.
    """
    return _load(read_folder(path), take=take, lose=lose, draft=draft)


@writing
@because(FROM_FILE)
def _load(folder: Folder, *, take: str | None, lose: bool, draft: bool) -> Loaded:
    essay = _lock(folder)
    last, names_today = _last_load(essay), current_names()
    as_written = state_of_files(folder, _keys(folder, essay, last), last.files)
    files = with_todays_names(as_written, names_today)
    last = LastLoad(
        *(with_todays_names(one, names_today) for one in (last.files, last.differences))
    )
    names = {name: {*files[name], *last.files.get(name, {})} for name in SECTIONS}
    merged = merge(files, state_of_site(essay, names), last, take)
    if merged.edited and take is None:
        raise EditedOnSite(_title(folder), [merged.describe(one) for one in merged.edited])
    applying = Applying(essay, folder, merged)
    report = applying.write()
    impact = impact_after(applying.essay, report)
    if not lose and lost_lines(impact):
        raise WordsLost(_title(folder), lost_lines(impact), effect_lines(impact))
    _publish(applying.essay, new=essay is None, draft=draft)
    _remember(applying.essay, files, names, merged)
    lines = _lines(folder, merged, applying, new=essay is None)
    lines += (*effect_lines(impact), *rename_lines(as_written, names_today))
    return Loaded(applying.essay, lines)


def _lock(folder: Folder) -> Essay | None:
    """Lock what the files or the last load name: works, themes, quotations, then essays.

    Return the folder's own essay as it is then, if it is on the site.
    """
    essay = Essay.objects.at(folder.slug).first()
    last, names_today = _last_load(essay), current_names()
    items = {}
    for section, model in MODELS.items():
        slugs = {*getattr(folder, section), *last.files.get(section, {})}
        former = names_today[section.removesuffix("s")]
        todays = {former[slug].slug for slug in slugs if slug in former}
        items[section] = lock(model.objects.filter(slug__in=slugs | todays))
    pages = lock_pages(*([essay] if essay else []), **items)
    return pages[essay.pk] if essay else None


def _title(folder: Folder) -> str:
    return f"“{folder.front.values['title']}”"


def _last_load(essay: Essay | None) -> LastLoad:
    load = Load.objects.filter(essay=essay).first() if essay else None
    return LastLoad(load.state["files"], load.state["settled"]) if load else NEVER_LOADED


def _keys(folder: Folder, essay: Essay | None, last: LastLoad) -> list[str]:
    """The key of each passage in the file: its own, the one of the last load, or a new one."""
    if last.files:
        passages = last.files["passages"]
        known = [Draft(key=key, **passages[key]) for key in last.files["essay"]["order"]]
    else:
        known = [draft_of(passage) for passage in essay.passages.current()] if essay else []
    drafts = [Draft(key=passage.key, **passage_value(passage)) for passage in folder.passages]
    smart = folder.front.values["smart"]

    def text_of(draft: Draft) -> str:
        return markup.render_passage(draft.source, draft.kind, smart=smart).text

    keys = match_keys(known, drafts, text_of)
    taken = {*keys, *last.files.get("passages", {})}
    if essay:
        taken.update(essay.passages.values_list("key", flat=True))
    for place, key in enumerate(keys):
        if key is None:
            keys[place] = key_from(folder.texts[place], taken)
            taken.add(keys[place])
    return keys


def _publish(essay: Essay, *, new: bool, draft: bool) -> None:
    if new and not draft:
        set_published(essay, timezone.now())


def _remember(essay: Essay, files: State, names, merged: Merge) -> None:
    """Store the state of the files, and where the site differs from it after this load."""
    site = state_of_site(essay, names)
    differences = {
        section: {
            name: site[section].get(name)
            for name in {**files[section], **site[section]}
            if site[section].get(name) != files[section].get(name)
        }
        for section in SECTIONS
    }
    state = {"files": files, "settled": differences}
    before = Load.objects.filter(essay=essay).first()
    if before is None or before.state != state:
        Load.objects.update_or_create(essay=essay, defaults={"state": state})
    if merged.apply:
        changed = {
            section: model.objects.filter(
                slug__in=[name for where, name in merged.apply if where == section]
            )
            for section, model in MODELS.items()
        }
        bump_counters(essay, **changed)
        search.reindex(essay, **changed)


def _lines(folder: Folder, merged: Merge, applying: Applying, *, new: bool) -> tuple[str, ...]:
    if new:
        counts = {name: len(merged.files[name]) for name in SECTIONS if name != "essay"}
        parts = [counted(n, _singular(name)) for name, n in counts.items() if n]
        return (f"loaded: {', '.join(parts)}",)
    lines = []
    for section, name in sorted(merged.apply):
        what = f"essay {name}" if section == "essay" else f"{_singular(section)} {name}"
        if name not in merged.files[section]:
            lines.append(f"taken out: {what}")
        elif name not in merged.site[section]:
            lines.append(f"added: {what}")
        else:
            lines.append(f"changed: {what}")
    lines += [f"kept, since something else needs it: {what}" for what in applying.still_used]
    left = [item for item in merged.edited if item not in merged.apply]
    lines += [f"left as it is on the site: {merged.describe(item)}" for item in left]
    return tuple(lines)


def _singular(section: str) -> str:
    return "gloss" if section == "glosses" else section[:-1]
