"""Bring the search index up to date, in the transaction that changed the site."""

from collections.abc import Iterator
from itertools import batched

from django.db.models import Model, Q, QuerySet

from annotations.models import Note, Quotation, SearchEntry, Theme
from annotations.text.stems import stems, stems_of_note
from essays.models import Essay, Passage
from essays.transactions import lock, writing

BATCH_SIZE = 500


def reindex(*essays: Essay, works=(), themes=(), quotations=()) -> None:
    """Update the entries of essays, works, themes and quotations, and of what names the works.

    Stems the whole text of the essays (0.1 s for a long one), so call it only where the text or
    the catalogue changed. Reads what is saved; writes only entries that differ.
    """
    whole = Q(essay__in=essays)
    in_whole = Q(links__gloss__essay__in=essays)
    items = {
        "essay": Essay.objects.filter(Q(pk__in=_ids(essays)) | Q(works__in=works)),
        "passage": Passage.objects.current().filter(whole),
        "theme": Theme.objects.filter(Q(pk__in=_ids(themes)) | in_whole),
        "quotation": Quotation.objects.filter(
            Q(pk__in=_ids(quotations)) | in_whole | Q(passage__essay__in=essays) | Q(work__in=works)
        ),
    }
    named = Q(passage__essay__in=essays)
    for kind, queryset in items.items():
        named |= Q(**{f"{kind}__in": queryset.order_by().values("pk")})
    _rewrite(SearchEntry.objects.filter(named), items)


def reindex_all() -> int:
    """Bring all entries and the stems of all notes up to date; return the number of entries.

    It commits after each essay and each batch of the rest, so that others can write in between.
    """
    for essay in Essay.objects.order_by("pk"):
        _reindex_essay(essay)
    for kind, model in (("themes", Theme), ("quotations", Quotation)):
        for items in batched(model.objects.order_by("pk"), BATCH_SIZE, strict=False):
            writing(reindex)(**{kind: items})
    last = 0
    while notes := list(_notes_with_words().filter(pk__gt=last)[:BATCH_SIZE]):
        _write_stems([note for note in notes if note.stems != stems_of_note(note.html)])
        last = notes[-1].pk
    return SearchEntry.objects.count()


def _notes_with_words() -> QuerySet[Note]:
    return Note.objects.exclude(body="").only("html", "stems").order_by("pk")


@writing
def _reindex_essay(essay: Essay) -> None:
    lock(Essay.objects.filter(pk=essay.pk))
    reindex(essay)


@writing
def _write_stems(notes: list[Note]) -> None:
    for note in notes:
        # Not if its author edited it meanwhile, which has written its stems.
        same = Note.objects.filter(pk=note.pk, html=note.html)
        same.update(stems=stems_of_note(note.html))


def _ids(items) -> list[int]:
    return [item.pk for item in items]


def _rewrite(stale, items) -> None:
    """Make `stale` the entries of `items`, a queryset for each kind."""
    wanted = {(kind, item.pk): STEMS_OF[kind](item) for kind, item in _each(items)}
    obsolete, changed = [], []
    for entry in stale:
        title_and_text = wanted.pop((entry.kind, getattr(entry, f"{entry.kind}_id")), None)
        if title_and_text is None:
            obsolete.append(entry.pk)
        elif title_and_text != (entry.title, entry.text):
            entry.title, entry.text = title_and_text
            changed.append(entry)
    SearchEntry.objects.filter(pk__in=obsolete).delete()
    SearchEntry.objects.bulk_update(changed, ["title", "text"], batch_size=BATCH_SIZE)
    added = [
        SearchEntry(**{f"{kind}_id": pk}, title=title, text=text)
        for (kind, pk), (title, text) in wanted.items()
    ]
    SearchEntry.objects.bulk_create(added, batch_size=BATCH_SIZE)


def _each(items) -> Iterator[tuple[str, Model]]:
    related = {"essay": ["works"], "quotation": ["work"]}
    for kind, queryset in items.items():
        for item in queryset.prefetch_related(*related.get(kind, [])):
            yield kind, item


def _essay(essay: Essay) -> tuple[str, str]:
    works = (f"{work} {work.creator} {work.credit}" for work in essay.works.all())
    return stems(essay.title), stems(" ".join([essay.dek, essay.authors, *works]))


def _quotation(quotation: Quotation) -> tuple[str, str]:
    work = quotation.work
    return stems(f"{quotation.speaker} {work.title} {work.creator}"), stems(quotation.text)


STEMS_OF = {
    "essay": _essay,
    "passage": lambda passage: ("", stems(passage.text)),
    "theme": lambda theme: (stems(theme.name), stems(theme.definition)),
    "quotation": _quotation,
}
