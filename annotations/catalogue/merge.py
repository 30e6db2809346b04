"""Merge two themes, quotations or works: what pointed to one points to the other."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Model

from annotations import revising, search
from annotations.catalogue.slugs import keep_former_slug, kind_of
from annotations.models import FormerName, GlossLink, Quotation
from essays.change_history import because
from essays.errors import Refusal
from essays.models import Essay, EssayWork, Passage, Work


class MergeRefused(Refusal):
    """Two things that cannot become one."""


@dataclass
class Merging:
    """What happens to everything that uses `gone` when it is merged into `kept`.

    `moved` links will point to `kept`. `dropped` has pairs of a link that is deleted and the link
    of the same gloss to `kept`, which stays. `printed` is the passage that a kept quotation takes
    over. The other fields are for works only.
    """

    gone: Model
    kept: Model
    moved: list[GlossLink] = field(default_factory=list)
    dropped: list[tuple[GlossLink, GlossLink]] = field(default_factory=list)
    printed: Passage | None = None
    quotations: list[Quotation] = field(default_factory=list)
    essays: list[EssayWork] = field(default_factory=list)
    veils: list[Essay] = field(default_factory=list)


def plan(gone: Model, kept: Model) -> Merging:
    """What `merge` would do. Raises MergeRefused."""
    _refuse_one(gone, kept)
    merging = Merging(gone, kept)
    _plan_links(merging)
    if isinstance(gone, Quotation):
        _plan_quotation(merging)
    if isinstance(gone, Work):
        merging.quotations = list(gone.quotations.all())
        merging.essays = list(EssayWork.objects.filter(work=gone).select_related("essay"))
        merging.veils = list(Essay.objects.filter(veil_work=gone))
    return merging


def merge(gone: Model, kept: Model) -> Merging:
    """Merge `gone` into `kept`, in one transaction. Raises MergeRefused."""
    _refuse_one(gone, kept)
    with transaction.atomic(), because(f"“{gone}” was merged into “{kept}”"):
        both = type(gone).objects.select_for_update().in_bulk([gone.pk, kept.pk])
        if len(both) < 2:
            raise MergeRefused("One of the two is no more. Look again.")
        merging = plan(both[gone.pk], both[kept.pk])
        _write(merging)
    return merging


def _refuse_one(gone: Model, kept: Model) -> None:
    if type(gone) is not type(kept) or gone.pk == kept.pk:
        raise MergeRefused("Choose another one to keep.")


def _plan_links(merging: Merging) -> None:
    kind = kind_of(merging.gone)
    stays = {}
    for link in GlossLink.objects.filter(**{kind: merging.kept}):
        stays.setdefault(link.gloss_id, link)
    links = merging.gone.links.select_related("gloss__essay", "gloss__passage")
    for link in links.order_by("gloss__essay", "gloss__passage__number", "gloss__start", "pk"):
        if link.gloss_id in stays:
            merging.dropped.append((link, stays[link.gloss_id]))
        else:
            merging.moved.append(link)


def _plan_quotation(merging: Merging) -> None:
    gone, kept = merging.gone, merging.kept
    if gone.passage_id and kept.passage_id and gone.passage_id != kept.passage_id:
        raise MergeRefused(
            f"Each is printed by a passage of its own ({gone.passage} and {kept.passage}), whose "
            "caption comes from it. Take the passage out of one of them first."
        )
    if gone.passage_id and not kept.passage_id:
        merging.printed = gone.passage


def _write(merging: Merging) -> None:
    gone, kept = merging.gone, merging.kept
    kind, slug, was = kind_of(gone), gone.slug, gone.pk
    for link in merging.moved:
        setattr(link, kind, kept)
        link.save()
    for link, _ in merging.dropped:
        link.delete()
    if merging.printed:
        kept.passage, kept.text = gone.passage, gone.text
        kept.save()
    _write_work(merging)
    FormerName.objects.filter(**{kind: gone}).update(**{kind: kept})
    gone.delete()
    keep_former_slug(kept, slug, was)
    changed = {f"{kind}s": [kept]}
    revising.bump_counters(*merging.veils, **changed)
    search.reindex(*merging.veils, **changed)


def _write_work(merging: Merging) -> None:
    for quotation in merging.quotations:
        quotation.work = merging.kept
        quotation.save()
    for essay_work in merging.essays:
        if EssayWork.objects.filter(essay=essay_work.essay, work=merging.kept).exists():
            essay_work.delete()
        else:
            essay_work.work = merging.kept
            essay_work.save()
    for essay in merging.veils:
        essay.veil_work = merging.kept
        essay.save(update_fields=["veil_work"])
