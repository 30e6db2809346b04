"""An essay's stylesheet, and its picture for link previews."""

from io import BytesIO

import pytest
from django.test import Client, override_settings
from PIL import Image

from edition.pages.reading_page import EssayAssets
from essays.models import Essay, Work
from tests import cast

pytestmark = pytest.mark.django_db
NAMES = ["stylesheet_url", "preview_url"]


@pytest.fixture
def essay():
    return cast.her()


def url_of(name):
    return getattr(EssayAssets(Essay.objects.get(slug="her")), name)


def test_the_stylesheet_colours_this_essay_and_no_other(client, essay):
    response = client.get(url_of("stylesheet_url"))
    sheet = response.content.decode()
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "#c4432f" in sheet.lower()
    assert '[data-essay="her"]' in sheet or "[data-essay=her]" in sheet


def test_the_picture_is_a_png_of_the_size_that_previews_ask_for(client, essay):
    response = client.get(url_of("preview_url"))
    assert response.headers["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(response.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert picture.convert("RGB").getpixel((5, 5)) == (0xC4, 0x43, 0x2F)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_with_a_digest_in_its_name_is_immutable(client, essay, name):
    control = client.get(url_of(name)).headers["Cache-Control"]
    assert "immutable" in control
    assert "public" in control


@pytest.mark.parametrize("name", NAMES)
def test_an_old_name_redirects_to_the_new_one(client, essay, name):
    old = url_of(name)
    Essay.objects.update(colour="#336699")
    response = client.get(old)
    assert (response.status_code, response.url) == (302, url_of(name))
    assert response.url != old
    assert response.headers["Cache-Control"] == "no-cache"


def test_the_picture_gets_a_new_name_when_its_content_changes(essay):
    names = [url_of("preview_url")]
    Essay.objects.update(title="Another title")
    names.append(url_of("preview_url"))
    Essay.objects.update(dek="Another dek")
    names.append(url_of("preview_url"))
    Work.objects.update(year=1999)
    names.append(url_of("preview_url"))
    with override_settings(SITE_NAME="Third Viewing"):
        names.append(url_of("preview_url"))
    assert len(set(names)) == 5


def test_the_stylesheet_keeps_its_name_while_the_colour_is_the_same(essay):
    name = url_of("stylesheet_url")
    Essay.objects.update(title="Another title")
    assert url_of("stylesheet_url") == name


def test_an_essay_without_a_work_has_a_picture(client, essay):
    essay.essaywork_set.all().delete()
    assert client.get(url_of("preview_url")).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_the_files_of_a_draft_are_not_found(client, name):
    cast.her(draft=True)
    assert client.get(url_of(name)).status_code == 404


STRANGE = [
    *("/her/colour-.css", "/her/preview-.png", "/her/colour-a.png", "/her/preview-a.css"),
    *("/nothing/colour-a.css", "/nothing/preview-a.png", "/her/colour-%00.css"),
]


@pytest.mark.parametrize("path", STRANGE)
def test_an_unknown_file_is_not_there(client, essay, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["POST", "DELETE", "TRACE"])
def test_the_files_refuse_other_methods(essay, name, method):
    assert Client(enforce_csrf_checks=True).generic(method, url_of(name)).status_code == 405
