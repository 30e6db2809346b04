"""A notebook as W3C Web Annotations (https://www.w3.org/TR/annotation-model/)."""

import json
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from annotations.models import Note, Reply
from annotations.notes.export.reading import written_by
from readers.models import Reader

# Terms that the W3C does not have; a URN, since nobody has to look them up.
OWN_TERMS = {"sv": "urn:second-viewing:"}
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", OWN_TERMS]


def json_ld(reader: Reader) -> Iterator[str]:
    """The parts of a JSON document, with one annotation a line."""
    address = settings.SITE_URL + reverse("notebook_export", args=["json"])
    collection = {"@context": CONTEXT, "id": address, "type": "AnnotationCollection"}
    page = {"id": f"{address}#page", "type": "AnnotationPage", "partOf": address, "startIndex": 0}
    yield f'{_dumped({**collection, "label": "Notebook"})[:-1]}, "first": '
    yield f'{_dumped(page)[:-1]}, "items": ['
    between = "\n"
    for written in written_by(reader):
        yield between + _dumped(annotation(written, reader))
        between = ",\n"
    yield "\n]}}\n"


def annotation(written: Note | Reply, reader: Reader) -> dict:
    fields = {
        "id": settings.SITE_URL + written.get_absolute_url(),
        "type": "Annotation",
        "motivation": _motivation(written),
        "creator": {"type": "Person", "name": reader.name},
        "created": written.created_at.isoformat(),
        "modified": written.edited_at and written.edited_at.isoformat(),
        "body": written.body and _body(written),
        "target": _target(written),
        **_own_fields(written),
    }
    return {name: value for name, value in fields.items() if value}


def _motivation(written: Note | Reply) -> str:
    if isinstance(written, Reply):
        return "replying"
    return "highlighting" if written.is_highlight else "commenting"


def _body(written: Note | Reply) -> dict:
    return {"type": "TextualBody", "value": written.body, "format": "text/markdown"}


def _target(written: Note | Reply) -> str | dict:
    """The note that a reply answers; the passage of a note, and its words there today.

    Offsets are Unicode code points of the passage's plain text. Words that are gone have no
    offsets, only a quote.
    """
    if isinstance(written, Reply):
        return settings.SITE_URL + written.note.get_absolute_url()
    source = settings.SITE_URL + written.passage.get_absolute_url()
    if written.is_whole_passage:
        return source
    quote = {"type": "TextQuoteSelector", "exact": written.words}
    if written.words == written.exact:
        quote |= {"prefix": written.prefix, "suffix": written.suffix}
    selectors = [quote]
    if written.start is not None:
        position = {"type": "TextPositionSelector", "start": written.start, "end": written.end}
        selectors.append(position)
    return {"type": "SpecificResource", "source": source, "selector": selectors}


def _own_fields(written: Note | Reply) -> dict:
    if isinstance(written, Reply):
        return {"sv:audience": "public"}
    fields = {
        "sv:state": written.state,
        "sv:audience": written.audience,
        "sv:colour": written.colour,
    }
    if written.words != written.exact:
        fields["sv:exactAsWritten"] = written.exact
    return fields


def _dumped(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False)
