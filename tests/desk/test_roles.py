"""Which pages of the desk editors and moderators may use, and that they cannot grant rights."""

import re
from collections import Counter

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from annotations.models import Note
from essays.models import Essay
from readers.models import User
from tests import cast
from tests.written_notes import note, reader_of

pytestmark = pytest.mark.django_db
ACCOUNTS = {"auth", "account", "readers", "contenttypes", "sessions"}
WRITTEN = {"note", "reply", "flag", "moderationact"}
PRIVATE = "Nobody else may read this"


@pytest.fixture
def her():
    return cast.her()


@pytest.fixture
def elsa(client, her):
    elsa = cast.editor()
    client.force_login(elsa)
    return elsa


def curated() -> list:
    """The models that editors may change."""
    models = (model for model in admin.site._registry if model._meta.app_label not in ACCOUNTS)
    return [model for model in models if model._meta.model_name not in WRITTEN]


def addresses(resolver=None, before: str = "/") -> list[str]:
    """Every route of the desk."""
    routes = []
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern).replace("^", "").replace("$", "")
        if isinstance(one, URLResolver):
            routes += addresses(one, route)
        elif route.startswith("/admin/"):
            routes.append(route)
    return routes


def url_of(route: str, pk: int) -> str:
    """The URL of a route, with `pk` for each of its parameters."""
    return re.sub(r"<[^>]*>", str(pk), route)


def test_an_editor_may_view_every_model_of_the_text(elsa):
    for model in curated():
        opts = model._meta
        assert elsa.has_perm(f"{opts.app_label}.view_{opts.model_name}"), opts.label


def test_an_editor_may_add_change_and_delete_works_themes_quotations_and_glosses(elsa):
    for model in ("essays.work", "annotations.theme", "annotations.quotation", "annotations.gloss"):
        label, name = model.split(".")
        for verb in ("add", "change", "delete"):
            assert elsa.has_perm(f"{label}.{verb}_{name}")


def test_no_group_may_change_histories(her):
    ours = Q(content_type__app_label__in=["essays", "annotations"])
    records = Q(content_type__model__startswith="historical") | Q(
        content_type__model__in=["formeraddress", "formername", "searchentry"]
    )
    assert Permission.objects.filter(ours & records).exists()
    for group in Group.objects.all():
        held = group.permissions.filter(ours & records)
        assert [one.codename for one in held if not one.codename.startswith("view_")] == []


def test_no_group_has_rights_over_accounts_or_permissions(her):
    for group in Group.objects.all():
        names = group.permissions.values_list("content_type__app_label", "codename")
        held = {f"{label}.{name}" for label, name in names if label in ACCOUNTS}
        assert held <= {"readers.view_reader", "readers.change_reader"}, group


def test_an_editor_sees_no_accounts_and_no_readers(client, elsa):
    html = client.get("/admin/").text
    for place in ("/admin/auth/", "/admin/account/", "/admin/readers/"):
        assert f'href="{place}' not in html
    for place in ("auth/group/", "account/emailaddress/", "readers/reader/", "auth/group/add/"):
        assert client.get(f"/admin/{place}").status_code == 403
    for place in ("/admin/readers/user/", "/admin/auth/user/", "/admin/auth/permission/"):
        assert client.get(place).status_code == 404


@pytest.mark.one_database
def test_an_editor_cannot_grant_rights_by_adding_fields_to_a_form(client, elsa):
    sent = {"is_superuser": "on", "is_staff": "on", "user_permissions": "1", "groups": "1"}
    rosa = cast.reader()
    statuses = Counter()
    for route in addresses():
        for pk in (elsa.pk, rosa.pk, Group.objects.first().pk):
            client.force_login(elsa)
            if "logout" not in route:
                values = {**sent, "username": "new", "name": "New"}
                statuses[client.post(url_of(route, pk), values).status_code] += 1
    print(statuses)
    assert statuses[200] + statuses[302] + statuses[422] > 30
    assert statuses[403] > 30
    assert not User.objects.filter(is_superuser=True).exists()
    assert User.objects.count() == 2
    assert Group.objects.count() == 2
    rosa.refresh_from_db()
    assert not rosa.is_staff and not rosa.get_all_permissions()
    assert not any(name.startswith("auth.") for name in elsa.get_all_permissions())


@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_a_private_note_is_on_no_page_of_the_desk(client, her, role):
    client.force_login(getattr(cast, role)())
    private = note(reader_of(cast.reader()), PRIVATE, key="opening")
    pages = 0
    for route in addresses():
        if "logout" in route:
            continue
        for pk in {private.pk, her.pk, her.passages.get(key="opening").pk, her.glosses.first().pk}:
            answer = client.get(url_of(route, pk), follow=True)
            assert answer.status_code < 500, route
            assert PRIVATE not in answer.text, route
            pages += answer.status_code == 200
    assert pages > 40
    assert Note.objects.filter(pk=private.pk, body=PRIVATE).exists()


def test_a_moderator_cannot_change_the_text(client, her):
    client.force_login(cast.moderator())
    pk = Essay.objects.get().pk
    for model in curated():
        opts = model._meta
        base = f"/admin/{opts.app_label}/{opts.model_name}/"
        assert client.post(f"{base}add/").status_code == 403, base
        assert client.post(f"{base}{pk}/delete/").status_code in (403, 404), base
