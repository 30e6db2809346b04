"""The desk's pages on which a text is imported, without a browser."""

from django.test import Client

from tests.desk_pages import form_pairs, page_text

ADD = "/admin/essays/essay/add/"
DRAFT = "/admin/essays/essay/add/draft/"

ESSAY = """# The Weight of *Light*

About a film that nobody saw

The keeper has counted the hours, we are told, for eleven years[^years].

She says:

There is no such thing as a still sea.

![A lamp](/favicon.ico)

Then the ending, which I give away: she leaves the lamp on.[^end]

[^years]: The novel says *twelve*.
[^end]: And nobody
    comes.
"""


def import_text(client: Client, text: str = ESSAY, **given) -> str:
    """Paste a text; return the page with its passages."""
    response = client.post(ADD, {"text": text, **given})
    assert response.status_code == 200, page_text(response, response.status_code)
    return response.content.decode()


def fields(page: str) -> dict[str, list[str]]:
    """The values of the page's form, by name of field."""
    values: dict[str, list[str]] = {}
    for name, value in form_pairs(page, "bring"):
        values.setdefault(name, []).append(value)
    return values


def save(client: Client, page: str, **changes):
    return client.post(DRAFT, {**fields(page), **changes})
