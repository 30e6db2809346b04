"""An editor's whole job, without JavaScript: import a text, write glosses, publish, rewrite.

When the text is rewritten, the gate lists every note that readers wrote in between, and the notes
end up as the gate says.
"""

import re
from collections import Counter

import pytest
from django.test import Client

from annotations import revising
from annotations.models import Audience, Gloss, Note, Standing
from essays.models import Essay, Passage
from readers.models import Reader, User
from tests import cast
from tests.desk_pages import desk_url, fields_of, form_fields, page_text
from tests.importing_pages import import_text, save
from tests.written_notes import guest, reader_of

pytestmark = pytest.mark.django_db

OBJECTS = "lamp rope ledger boat kettle coat map clock letter stove".split()
DEEDS = "mended burned counted hid".split()
# The numbers of the passages with a gloss.
GLOSSED = [2, 10, 11, 20, 40]
# The numbers of notes on the three passages that are rewritten.
NOTES = {10: 17, 11: 17, 20: 16}


def sentence(number: int) -> str:
    """The text of passage `number`; all are different."""
    item, deed = OBJECTS[number % 10], DEEDS[number // 10 % 4]
    return (
        f"On day {number} the keeper {deed} the {item} by the north window. "
        f"Nobody asked what the {item} number {number} was worth to her. "
        f"By evening of day {number} snow had covered the path to the {item}."
    )


TEXT = "# The Fortieth Day\n\n" + "\n\n".join(sentence(n) for n in range(1, 41))
CUT = "Nobody asked what the {thing} number {number} was worth to her. "


def current_passage(number: int) -> Passage:
    return Passage.objects.select_related("essay").get(number=number)


def deed(number: int) -> str:
    return f"{DEEDS[number // 10 % 4]} the {OBJECTS[number % 10]}"


def gloss(client: Client, number: int) -> None:
    """Write a gloss on words of a passage, as from the link on its page."""
    words = deed(number).replace(" ", "+")
    url = f"/admin/annotations/gloss/add/?passage={current_passage(number).pk}&words={words}"
    sent = form_fields(client.get(url).content.decode(), "gloss-form")
    response = client.post(url, {**sent, "source": f"What was done on day {number}."})
    assert response.status_code == 302, page_text(response)


def note(reader: Reader, number: int, count: int, *, public: bool) -> Note:
    """A note on a sentence that is unchanged, changed or cut, by turns as `count` grows."""
    here = current_passage(number)
    sentences = re.findall(r"[^.]+\.", here.text)
    words = sentences[count % 3].strip()[:-1]
    made = Note(essay=here.essay, reader=reader, body=f"note {number}-{count}")
    if public:
        made.audience, made.standing = Audience.PUBLIC, Standing.SHOWN
    start = here.text.index(words)
    revising.attach(made, here, start, start + len(words))
    made.save()
    return made


def write_notes(rosa: Reader) -> None:
    """Write fifty notes, every other one public."""
    someone = guest()
    for number, most in NOTES.items():
        for count in range(most):
            public = count % 2 == 0
            note(rosa if public else someone, number, count, public=public)


def rewritten(number: int) -> str:
    """The passage with its first sentence changed, its second cut and its third unchanged."""
    source = sentence(number).replace("by the north window", "beside the cold south door")
    return source.replace(CUT.format(thing=OBJECTS[number % 10], number=number), "")


def listed_in_gate(gate) -> Counter:
    """The numbers of public notes on the gate's page, by effect."""
    counts: Counter[str] = Counter()
    for effect, words in re.findall(
        r'<li class="(lost|changed|moved|back|kept)"><b>([^<]*)</b>', gate.text
    ):
        counts[effect] += sum(int(n) for n in re.findall(r"(\d+) note", words))
    return counts


def private_in_gate(gate) -> Counter:
    [numbers] = re.findall(r"alone: (.*?)\.</p>", gate.text)
    return Counter({name: int(n) for n, name in re.findall(r"(\d+) (\w+)", numbers)})


def outcomes(before: dict[int, tuple], audience: str) -> Counter:
    """The numbers of notes by effect, from their passages and words before the change."""
    ends: Counter[str] = Counter()
    for one in Note.objects.filter(pk__in=before, audience=audience).select_related("passage"):
        passage, words = before[one.pk]
        if one.state == "orphaned":
            ends["lost"] += 1
        elif one.words != words:
            ends["changed"] += 1
        else:
            ends["kept" if one.passage_id == passage else "moved"] += 1
    return ends


def rewrite(client: Client, number: int) -> None:
    """Rewrite a passage, and compare what the gate shows with what happens."""
    here = current_passage(number)
    notes = Note.objects.filter(passage=here).select_related("passage")
    before = {one.pk: (one.passage_id, one.words) for one in notes}
    public = set(notes.filter(audience="public").values_list("pk", flat=True))
    sent = fields_of(client.get(desk_url(here)), "writing")
    gate = client.post(desk_url(here), {**sent, "source": rewritten(number)})
    assert (
        "Before it is saved" in page_text(gate) and current_passage(number).version == here.version
    )

    listed, private = listed_in_gate(gate), private_in_gate(gate)
    assert listed.total() == len(public) and private.total() == len(before) - len(public)
    named = {int(pk) for pk in re.findall(r'id="note-(\d+)"', gate.text)}
    assert named <= public and len(named) == listed["lost"] + listed["changed"] + listed["moved"]
    assert listed["lost"] and listed["changed"] and listed["kept"]
    secret = Note.objects.filter(pk__in=before).exclude(pk__in=public)
    assert not any(one.body in re.findall(r"note \d+-\d+", gate.text) for one in secret)

    saved = client.post(desk_url(here), fields_of(gate), follow=True)
    assert "Saved." in page_text(saved) and current_passage(number).version == here.version + 1
    assert outcomes(before, "public") == +listed
    assert outcomes(before, "private") == +private


def test_the_gate_accounts_for_every_note_from_import_to_rewriting(client):
    elsa = cast.editor()
    client.force_login(elsa)
    cast_of_readers = User.objects.count()

    saved = save(client, import_text(client, TEXT))
    assert saved.status_code == 302
    essay = Essay.objects.get()
    assert (essay.title, essay.passages.count()) == ("The Fortieth Day", 40)

    for number in GLOSSED:
        gloss(client, number)
    assert Client().get(essay.get_absolute_url()).status_code == 404
    client.post(f"/admin/essays/essay/{essay.pk}/publish/")
    page = Client().get(essay.get_absolute_url())
    assert page.status_code == 200 and page.text.count('class="gloss') >= len(GLOSSED)

    write_notes(reader_of(cast.reader()))
    assert Note.objects.count() == 50
    for number in NOTES:
        rewrite(client, number)

    assert Note.objects.count() == 50 and User.objects.count() == cast_of_readers + 1
    assert all(one.exact and one.original.version == 1 for one in Note.objects.all())
    assert Gloss.objects.count() == 5
    assert {one.state for one in Gloss.objects.all()} == {"kept"}
    page = Client().get(essay.get_absolute_url())
    assert "beside the cold south door" in page.text
