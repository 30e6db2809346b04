"""Merge two themes, quotations or works: what pointed to one points to the other."""

from dataclasses import dataclass, field

from django.db.models import Model

from annotations import revising, search
from annotations.catalogue.slugs import keep_former_slug, kind_of
from annotations.models import FormerName, GlossLink, Quotation
from essays.change_history import because
from essays.errors import Refusal
from essays.models import Essay, EssayWork, Passage, Work
from essays.transactions import lock, writing


class MergeRefused(Refusal):
    """These two items cannot be merged."""


@dataclass
class Merging:
    """What happens to everything that uses `source` when it is merged into `target`.

    `moved` links will point to `target`. `dropped` has pairs of a link that is deleted and the link
    of the same gloss to `target`, which remains. `printed` is the passage that the target takes
    over. The other fields are for works only.
    """

    source: Model
    target: Model
    moved: list[GlossLink] = field(default_factory=list)
    dropped: list[tuple[GlossLink, GlossLink]] = field(default_factory=list)
    printed: Passage | None = None
    quotations: list[Quotation] = field(default_factory=list)
    essays: list[EssayWork] = field(default_factory=list)
    veils: list[Essay] = field(default_factory=list)


def plan(source: Model, target: Model) -> Merging:
    """What `merge` would do. Raises MergeRefused."""
    _refuse_one(source, target)
    merging = Merging(source, target)
    _plan_links(merging)
    if isinstance(source, Quotation):
        _plan_quotation(merging)
    if isinstance(source, Work):
        merging.quotations = list(source.quotations.all())
        merging.essays = list(EssayWork.objects.filter(work=source).select_related("essay"))
        merging.veils = list(Essay.objects.filter(veil_work=source))
    return merging


@writing
def merge(source: Model, target: Model) -> Merging:
    """Merge `source` into `target`, in one transaction. Raises MergeRefused."""
    _refuse_one(source, target)
    rows = lock(type(source).objects.filter(pk__in=[source.pk, target.pk]))
    both = {item.pk: item for item in rows}
    if len(both) < 2:
        raise MergeRefused("One of the two is no more. Look again.")
    with because(f"“{source}” was merged into “{target}”"):
        source, target = both[source.pk], both[target.pk]
        if isinstance(source, Work):
            lock(Quotation.objects.filter(work=source))
        revising.lock_pages(**{f"{kind_of(source)}s": [source, target]})
        merging = plan(source, target)
        _write(merging)
    return merging


def _refuse_one(source: Model, target: Model) -> None:
    if type(source) is not type(target) or source.pk == target.pk:
        raise MergeRefused("Choose another one to keep.")


def _plan_links(merging: Merging) -> None:
    kind = kind_of(merging.source)
    remaining = {}
    for link in GlossLink.objects.filter(**{kind: merging.target}):
        remaining.setdefault(link.gloss_id, link)
    links = merging.source.links.select_related("gloss__essay", "gloss__passage")
    for link in links.order_by("gloss__essay", "gloss__passage__number", "gloss__start", "pk"):
        if link.gloss_id in remaining:
            merging.dropped.append((link, remaining[link.gloss_id]))
        else:
            merging.moved.append(link)


def _plan_quotation(merging: Merging) -> None:
    source, target = merging.source, merging.target
    if source.passage_id and target.passage_id and source.passage_id != target.passage_id:
        raise MergeRefused(
            f"Each is printed by a passage of its own ({source.passage} and {target.passage}), "
            "whose caption comes from it. Take the passage out of one of them first."
        )
    if source.passage_id and not target.passage_id:
        merging.printed = source.passage


def _write(merging: Merging) -> None:
    source, target = merging.source, merging.target
    kind, slug, source_id = kind_of(source), source.slug, source.pk
    for link in merging.moved:
        setattr(link, kind, target)
        link.save()
    for link, _ in merging.dropped:
        link.delete()
    if merging.printed:
        target.passage, target.text = source.passage, source.text
        target.save()
    _write_work(merging)
    FormerName.objects.filter(**{kind: source}).update(**{kind: target})
    source.delete()
    keep_former_slug(target, slug, source_id)
    changed = {f"{kind}s": [target]}
    revising.bump_counters(*merging.veils, **changed)
    search.reindex(*merging.veils, **changed)


def _write_work(merging: Merging) -> None:
    for quotation in merging.quotations:
        quotation.work = merging.target
        quotation.save()
    for essay_work in merging.essays:
        if EssayWork.objects.filter(essay=essay_work.essay, work=merging.target).exists():
            essay_work.delete()
        else:
            essay_work.work = merging.target
            essay_work.save()
    for essay in merging.veils:
        essay.veil_work = merging.target
        essay.save(update_fields=["veil_work"])
