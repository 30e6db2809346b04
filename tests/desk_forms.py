"""The forms of the desk, but those of the import: one list for the tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from annotations import revising
from annotations.models import Flag, Gloss, Note, Promotion, Quotation, Theme
from essays.models import Essay, Passage, Site, Work
from readers.models import Reader, User
from tests import cast, dom
from tests.written_notes import note, reader_of, reply, write_essay

THEIRS, MINE = "What the other editor wrote.", "What was typed here."
NOW = timezone.now()


class World:
    """An essay with what hangs on it, and public words of Rosa, at a desk for everything."""

    def __init__(self):
        self.essay = cast.her()
        revising.edit(self.passage("baseline"), "Words of a second version.")
        self.sue = cast.superuser()
        self.rosa = reader_of(cast.reader())
        self.note = note(self.rosa, "Who is Frank?", public=True)
        self.reply = reply(self.note, self.rosa, "A character.")
        self.second_note = note(self.rosa, "Mine.", public=True)
        self.lost = note(self.rosa, "And this?", public=True, key="opening")
        lost = {"state": "orphaned", "start": None, "end": None}
        Note.objects.filter(pk=self.lost.pk).update(**lost)
        self.flag = Flag.objects.create(note=self.note, reader=self.rosa, reason="other")
        self.promotion = Promotion.objects.create(note=self.note, answer="agreed")
        self.work = Work.objects.get(slug="her")
        self.draft = write_essay("draft", ["Words."], status="draft")
        self.linked = write_essay("linked", ["Words."], status="draft", preview_token="mine")
        self.shortened = write_essay("shortened", ["Words.", "Cut words."], status="draft")
        self.cut = self.shortened.passages.get(number=2)
        revising.retire(self.cut)
        blocked = User.objects.create_user("blocked", password=cast.PASSWORD)
        self.blocked = Reader.objects.create(user=blocked, blocked_at=NOW)
        self.theme = Theme.objects.order_by("pk").first()
        self.theme.definition = "Defined anew."
        self.theme.save()
        self.new_theme = Theme.objects.create(name="Waiting", slug="waiting", definition="Not yet.")
        self.new_work = Work.objects.create(title="Waiting", slug="waiting", kind="film")
        self.quotation = Quotation.objects.order_by("pk").first()
        self.new_quotation = Quotation.objects.create(
            text="Not yet.", work=self.work, place="Somewhere."
        )
        self.gloss = Gloss.objects.filter(passage__key="opening").first()
        self.group = Group.objects.get(name="Editors")
        self.email = EmailAddress.objects.create(user=self.sue, email="sue@example.org")
        Site.objects.get_or_create(pk=1)

    def passage(self, key: str = "opening") -> Passage:
        return Passage.objects.select_related("essay").get(essay=self.essay, key=key)

    def edit_passage(self, key: str = "opening") -> None:
        revising.edit(self.passage(key), f"{self.passage(key).source} {THEIRS}")

    def signed_in(self) -> Client:
        client = Client()
        client.force_login(self.sue)
        return client


@dataclass(frozen=True)
class DeskForm:
    """A form on `page` that has `holds` among the names of its fields and buttons.

    `typed` are words put into it; `change` is what another editor does meanwhile, and `theirs`
    what the page then shows of it. `press` is the button by which it is sent, and `action` where
    to, if that is not the page.
    """

    name: str
    page: Callable[[World], str]
    holds: str
    change: Callable[[World], object] = lambda world: None
    typed: dict[str, str] = field(default_factory=dict)
    theirs: str = THEIRS
    press: Callable[[World], dict[str, str]] = lambda world: {}
    action: Callable[[World], str] = lambda world: ""

    def __str__(self):
        return self.name

    def open(self, client: Client, world: World) -> tuple[str, dict[str, object]]:
        """The URL that the form is sent to, and its fields as they are served."""
        page = self.page(world)
        return self.action(world) or page, fields_on(client.get(page).text, self.holds)

    def fill(self, client: Client, world: World) -> tuple[str, dict[str, object]]:
        url, fields = self.open(client, world)
        return url, {**fields, **self.typed, **self.press(world)}


def fields_on(html: str, holds: str) -> dict[str, object]:
    """The names and values of the one form with a field or button of this name."""
    [form] = [
        one
        for one in dom.parse(html).all("form")
        if one.attributes.get("method") == "post"
        and any(element.attributes.get("name") == holds for element in one.elements())
    ]
    return form_values(form)


def form_values(form: dom.Element) -> dict[str, object]:
    """What a browser sends, but for the token and the buttons; lists for repeated names."""
    values: dict[str, list[str]] = {}
    templates = {id(one) for top in form.all("template") for one in top.elements()}
    for one in form.elements():
        kind, name = one.attributes.get("type", ""), one.attributes.get("name")
        is_field = one.name in ("input", "textarea", "select") and kind not in ("submit", "file")
        is_off = kind in ("checkbox", "radio") and "checked" not in one.attributes
        if not name or not is_field or is_off or id(one) in templates:
            continue
        if one.name == "textarea":
            sent = [one.text.removeprefix("\n")]
        elif one.name == "select":
            options = one.all("option[selected]")
            if not options and "multiple" not in one.attributes:
                options = one.all("option")[:1]
            sent = [option.attributes.get("value", option.text) for option in options]
        else:
            sent = [one.attributes.get("value", "on" if kind in ("checkbox", "radio") else "")]
        values.setdefault(name, []).extend(sent)
    values.pop("csrfmiddlewaretoken", None)
    return {name: sent[0] if len(sent) == 1 else sent for name, sent in values.items()}


def admin(model: str, thing: Callable[[World], object], page: str = "change/"):
    return lambda world: f"/admin/{model}/{thing(world).pk}/{page}"


def update(model, thing: Callable[[World], object], **values):
    return lambda world: model._base_manager.filter(pk=thing(world).pk).update(**values)


ESSAY = ("essays/essay", lambda world: world.essay)
THEME = ("annotations/theme", lambda world: world.theme)
NEW_THEME = ("annotations/theme", lambda world: world.new_theme)
GLOSS = ("annotations/gloss", lambda world: world.gloss)
PASSAGE = ("essays/passage", lambda world: world.passage())
LINKED = ("essays/essay", lambda world: world.linked)
NEW_WORK = ("essays/work", lambda world: world.new_work)
NEW_QUOTATION = ("annotations/quotation", lambda world: world.new_quotation)


def list_action(name: str, row: Callable[[World], object], **more):
    return lambda world: {"_selected_action": row(world).pk, "action": name, "index": "0", **more}


CHANGES = [
    DeskForm("an essay", admin(*ESSAY), "dek", update(Essay, ESSAY[1], title=THEIRS),
        {"dek": MINE}),
    DeskForm(
        "the corrections of an essay",
        admin(*ESSAY),
        "dek",
        lambda world: world.essay.corrections.create(source=THEIRS, date=NOW.date()),
        {"corrections-0-source": MINE, "corrections-0-date": "2026-01-02"},
    ),
    DeskForm(
        "the site",
        lambda world: "/admin/essays/site/1/change/",
        "imprint",
        lambda world: Site.objects.update(about=THEIRS),
        {"imprint": MINE},
    ),
    DeskForm(
        "a work",
        admin("essays/work", lambda world: world.work),
        "creator",
        update(Work, lambda world: world.work, title=THEIRS),
        {"creator": MINE},
    ),
    DeskForm("a theme", admin(*THEME), "definition", update(Theme, THEME[1], name=THEIRS),
        {"definition": MINE}),
    DeskForm(
        "a quotation",
        admin("annotations/quotation", lambda world: world.quotation),
        "speaker",
        update(Quotation, lambda world: world.quotation, place=THEIRS),
        {"speaker": MINE},
    ),
    DeskForm("a gloss", admin(*GLOSS), "source", update(Gloss, GLOSS[1], source=THEIRS),
        {"source": MINE}),
    DeskForm(
        "a gloss of a worklist",
        lambda world: f"/admin/annotations/gloss/worklist/?kind=all&at={world.gloss.pk}",
        "source",
        update(Gloss, GLOSS[1], source=THEIRS),
        {"source": MINE},
    ),
    DeskForm(
        "a gloss's words",
        admin(*GLOSS, "reattach/"),
        "words",
        lambda world: revising.reattach(world.gloss, world.passage(), 0, 3),
        {"words": MINE, "whole": "on"},
        theirs="Somebody else re-attached this gloss",
    ),
    DeskForm(
        "a lost note's place",
        admin("annotations/note", lambda world: world.lost, "place/"),
        "version",
        lambda world: revising.confirm(world.lost, world.passage(), 0, 0),
        theirs="It is not here any more",
    ),
    DeskForm(
        "a decision on a note",
        admin("annotations/note", lambda world: world.note),
        "decision",
        lambda world: world.note.edit(THEIRS),
        {"decision": "hide", "reason": MINE},
    ),
    DeskForm(
        "a decision on a reply",
        admin("annotations/reply", lambda world: world.reply),
        "decision",
        lambda world: world.reply.edit(THEIRS),
        {"decision": "hide", "reason": MINE},
    ),
    DeskForm("a passage", admin(*PASSAGE), "source", World.edit_passage, {"source": MINE}),
    DeskForm("the split of a passage", admin(*PASSAGE, "split/"), "source", World.edit_passage,
        {"source": f"{MINE}\n\nAnd the rest."}),
    DeskForm(
        "a new gloss of a note",
        admin("annotations/promotion", lambda world: world.promotion),
        "source",
        lambda world: Note.objects.filter(pk=world.note.pk).update(body=THEIRS),
        {"source": MINE, "key": "frank"},
    ),
    DeskForm(
        "the time of publishing",
        admin("essays/essay", lambda world: world.draft, "schedule/"),
        "at",
        update(Essay, lambda world: world.draft, publish_at=NOW + timedelta(days=500)),
        {"at": "2041-05-06T07:08"},
        theirs=f"{NOW + timedelta(days=500):%B %Y}",
    ),
    DeskForm("a group", admin("auth/group", lambda world: world.group), "name",
        update(Group, lambda world: world.group, name=THEIRS), {"name": MINE}),
    DeskForm(
        "an e-mail address",
        admin("account/emailaddress", lambda world: world.email),
        "email",
        update(EmailAddress, lambda world: world.email, email="theirs@example.org"),
        {"email": "mine@example.org"},
        theirs="theirs@example.org",
    ),
    DeskForm(
        "the reason for hiding notes",
        lambda world: "/admin/annotations/note/?queue=all",
        "_selected_action",
        lambda world: world.note.edit(THEIRS),
        press=list_action("hide", lambda world: world.note, reason=MINE),
        typed={"reason": MINE},
    ),
    # Forms without words: each is a button that changes an object.
    DeskForm(
        "the order of passages",
        admin(*ESSAY, "passages/"),
        "order",
        lambda world: revising.move(world.passage(), 5),
        theirs="The order of the passages was changed meanwhile",
    ),
    DeskForm(
        "a move of a passage",
        admin(*ESSAY, "passages/"),
        "order",
        lambda world: revising.move(world.passage(), 5),
        press=lambda world: {"number": "3"},
        action=admin("essays/passage", lambda world: world.passage("fresh"), "move/"),
        theirs="The order of the passages was changed meanwhile",
    ),
    DeskForm(
        "the typography",
        admin(*ESSAY, "passages/"),
        "smart",
        update(Essay, ESSAY[1], smart=True),
        action=admin(*ESSAY, "passages/typography/"),
        theirs="Somebody else set the quotes",
    ),
    DeskForm(
        "a merge of passages",
        admin(*ESSAY, "passages/"),
        "pair",
        World.edit_passage,
        press=lambda world: {"pair": f"{world.essay.passages.get(number=2).pk}:1:1"},
        action=admin(*PASSAGE, "merge/"),
        theirs="was changed while you were editing it",
    ),
    DeskForm(
        "a cut",
        admin(*ESSAY, "passages/"),
        "order",
        World.edit_passage,
        press=lambda world: {"version": "1"},
        action=admin(*PASSAGE, "cut/"),
        theirs="was changed while you were editing it",
    ),
    *(
        DeskForm(
            f"the step “{step}”",
            admin(*ESSAY, f"{step}/"),
            "seen",
            update(Essay, ESSAY[1], publish_at=NOW + timedelta(days=500)),
            theirs=f"{NOW + timedelta(days=500):%B %Y}",
        )
        for step in ("publish", "unschedule", "unpublish")
    ),
    DeskForm(
        "a preview link to make",
        admin("essays/essay", lambda world: world.draft, "preview/"),
        "days",
        update(Essay, lambda world: world.draft, preview_token="theirs"),
        action=admin("essays/essay", lambda world: world.draft, "preview/make/"),
        theirs="preview/theirs/",
    ),
    DeskForm(
        "a preview link to withdraw",
        # The two forms of the page have the same stamp, and only the other has a name of its own.
        admin(*LINKED, "preview/"),
        "days",
        update(Essay, LINKED[1], preview_token="theirs"),
        action=admin(*LINKED, "preview/withdraw/"),
        theirs="preview/theirs/",
    ),
    DeskForm(
        "an old version of a passage",
        admin("essays/passage", lambda world: world.passage("baseline"), "history/"),
        "version",
        lambda world: world.edit_passage("baseline"),
        action=admin(
            "essays/passage", lambda world: world.passage("baseline"), "versions/1/bring-back/"
        ),
    ),
    DeskForm(
        "a passage to bring back",
        admin("essays/essay", lambda world: world.shortened, "passages/"),
        "order",
        lambda world: revising.bring_back(world.cut, 1),
        press=lambda world: {"version": "1", "number": "2"},
        action=admin("essays/passage", lambda world: world.cut, "bring-back/"),
        theirs="was changed while you were editing it",
    ),
    DeskForm(
        "a merge of themes",
        lambda world: f"/admin/annotations/theme/{world.new_theme.pk}/merge/?keep={world.theme.pk}",
        "keep",
        update(Theme, THEME[1], definition=THEIRS),
        action=admin(*NEW_THEME, "merge/"),
    ),
    DeskForm(
        "a merge of works",
        lambda world: f"/admin/essays/work/{world.new_work.pk}/merge/?keep={world.work.pk}",
        "keep",
        update(Work, lambda world: world.work, credit=THEIRS),
        action=admin(*NEW_WORK, "merge/"),
    ),
    DeskForm(
        "a merge of quotations",
        lambda world: (
            f"/admin/annotations/quotation/{world.new_quotation.pk}/merge/"
            f"?keep={world.quotation.pk}"
        ),
        "keep",
        update(Quotation, lambda world: world.quotation, place=THEIRS),
        action=admin(*NEW_QUOTATION, "merge/"),
    ),
    DeskForm("a work to delete", admin(*NEW_WORK, "delete/"), "seen",
        update(Work, NEW_WORK[1], credit=THEIRS)),
    DeskForm("a quotation to delete", admin(*NEW_QUOTATION, "delete/"), "seen",
        update(Quotation, NEW_QUOTATION[1], place=THEIRS)),
    DeskForm("a theme to delete", admin(*NEW_THEME, "delete/"), "seen",
        update(Theme, NEW_THEME[1], definition=THEIRS)),
    DeskForm("a gloss to delete", admin(*GLOSS, "delete/"), "post",
        update(Gloss, GLOSS[1], source=THEIRS), press=lambda world: {"post": "yes"}),
    DeskForm("a group to delete", admin("auth/group", lambda world: world.group, "delete/"), "post",
        update(Group, lambda world: world.group, name=THEIRS), press=lambda world: {"post": "yes"}),
    DeskForm("an old state of a theme", admin(*THEME, "history/1/"), "seen",
        update(Theme, THEME[1], definition=THEIRS)),
    DeskForm(
        "a request for a gloss",
        lambda world: f"/admin/annotations/promotion/add/?note={world.second_note.public_id}",
        "seen",
        update(Note, lambda world: world.second_note, body=THEIRS),
    ),
    *(
        DeskForm(
            f"an action on notes: {action}",
            lambda world: "/admin/annotations/note/?queue=all",
            "_selected_action",
            update(Note, lambda world: world.note, body=THEIRS, standing="waiting"),
            press=list_action(action, lambda world: world.note),
            theirs="Somebody else changed 1 row meanwhile",
        )
        for action in ("approve", "block")
    ),
    DeskForm(
        "flags to settle",
        lambda world: "/admin/annotations/flag/",
        "_selected_action",
        update(Flag, lambda world: world.flag, remark=THEIRS),
        press=list_action("settle_flags", lambda world: world.flag),
        theirs="Somebody else changed 1 row meanwhile",
    ),
    DeskForm(
        "a reader to block",
        lambda world: "/admin/readers/reader/",
        "_selected_action",
        update(Reader, lambda world: world.rosa, blocked_at=NOW),
        press=list_action("block", lambda world: world.rosa),
        theirs="Somebody else changed 1 row meanwhile",
    ),
    DeskForm(
        "a reader to unblock",
        lambda world: "/admin/readers/reader/",
        "_selected_action",
        update(Reader, lambda world: world.blocked, blocked_at=NOW - timedelta(days=1)),
        press=list_action("unblock", lambda world: world.blocked),
        theirs="Somebody else changed 1 row meanwhile",
    ),
    DeskForm(
        "glosses to delete",
        lambda world: f"/admin/annotations/gloss/?q={world.gloss.key}",
        "_selected_action",
        update(Gloss, GLOSS[1], source=THEIRS),
        press=list_action("delete_selected", lambda world: world.gloss, post="yes"),
        theirs="Somebody else changed 1 row meanwhile",
    ),
]  # fmt: skip


# Forms that make something new: here nobody else can be faster.
ADDITIONS = [
    DeskForm("a new work", lambda world: "/admin/essays/work/add/", "creator",
        typed={"title": "A new work", "creator": MINE, "kind": "film"}),
    DeskForm("a new theme", lambda world: "/admin/annotations/theme/add/", "definition",
        typed={"name": "A new theme", "definition": MINE}),
    DeskForm("a new quotation", lambda world: "/admin/annotations/quotation/add/", "speaker",
        typed={"text": "Words.", "speaker": MINE, "work-typed": "Her (2013)"}),
    DeskForm("a new group", lambda world: "/admin/auth/group/add/", "name", typed={"name": MINE}),
    DeskForm("a new e-mail address", lambda world: "/admin/account/emailaddress/add/", "email",
        typed={"email": "mine@example.org"}, press=lambda world: {"user": world.sue.pk}),
    DeskForm(
        "a new gloss",
        lambda world: f"/admin/annotations/gloss/add/?passage={world.passage().pk}",
        "source",
        typed={"source": MINE, "whole": "on"},
    ),
    DeskForm("a new passage", admin(*ESSAY, "passages/new/"), "source", typed={"source": MINE}),
]  # fmt: skip
