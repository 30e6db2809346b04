"""A notebook as W3C Web Annotations (https://www.w3.org/TR/annotation-model/)."""

import json
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from annotations.models import Note, Reply
from annotations.notes.export.reading import written_by
from readers.models import Reader

# What the W3C has no word for; a name that nobody has to look up.
OURS = {"sv": "urn:second-viewing:"}
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", OURS]


def json_ld(reader: Reader) -> Iterator[str]:
    """The parts of a collection of annotations, one a line."""
    address = settings.SITE_URL + reverse("notebook_export", args=["json"])
    collection = {"@context": CONTEXT, "id": address, "type": "AnnotationCollection"}
    page = {"id": f"{address}#page", "type": "AnnotationPage", "partOf": address, "startIndex": 0}
    yield f'{_dumped({**collection, "label": "Notebook"})[:-1]}, "first": '
    yield f'{_dumped(page)[:-1]}, "items": ['
    between = "\n"
    for thing in written_by(reader):
        yield between + _dumped(annotation(thing, reader))
        between = ",\n"
    yield "\n]}}\n"


def annotation(thing: Note | Reply, reader: Reader) -> dict:
    said = {
        "id": settings.SITE_URL + thing.get_absolute_url(),
        "type": "Annotation",
        "motivation": _motivation(thing),
        "creator": {"type": "Person", "name": reader.name},
        "created": thing.created_at.isoformat(),
        "modified": thing.edited_at and thing.edited_at.isoformat(),
        "body": thing.body and _body(thing),
        "target": _target(thing),
        **_ours(thing),
    }
    return {name: value for name, value in said.items() if value}


def _motivation(thing: Note | Reply) -> str:
    if isinstance(thing, Reply):
        return "replying"
    return "highlighting" if thing.is_highlight else "commenting"


def _body(thing: Note | Reply) -> dict:
    return {"type": "TextualBody", "value": thing.body, "format": "text/markdown"}


def _target(thing: Note | Reply) -> str | dict:
    """The note that a reply answers; the passage of a note, and its words there today.

    Offsets count Unicode code points of the passage's plain text. Words that are gone have only
    their quote.
    """
    if isinstance(thing, Reply):
        return settings.SITE_URL + thing.note.get_absolute_url()
    source = settings.SITE_URL + thing.passage.get_absolute_url()
    if thing.is_whole_passage:
        return source
    quote = {"type": "TextQuoteSelector", "exact": thing.words}
    if thing.words == thing.exact:
        quote |= {"prefix": thing.prefix, "suffix": thing.suffix}
    selectors = [quote]
    if thing.start is not None:
        position = {"type": "TextPositionSelector", "start": thing.start, "end": thing.end}
        selectors.append(position)
    return {"type": "SpecificResource", "source": source, "selector": selectors}


def _ours(thing: Note | Reply) -> dict:
    if isinstance(thing, Reply):
        return {"sv:audience": "public"}
    ours = {"sv:state": thing.state, "sv:audience": thing.audience, "sv:colour": thing.colour}
    if thing.words != thing.exact:
        ours["sv:exactAsWritten"] = thing.exact
    return ours


def _dumped(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False)
