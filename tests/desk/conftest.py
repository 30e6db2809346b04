import pytest
from django.test import Client

from tests import dom


class DeskClient(Client):
    """Sends the stamps of the page's forms along, as a browser does, unless a test gives others."""

    def post(self, path, data=None, *args, **options):
        if path.startswith("/admin/") and isinstance(data or {}, dict):
            data = {**self._stamps(path, data or {}), **(data or {})}
        return super().post(path, data, *args, **options)

    def _stamps(self, path: str, data: dict) -> dict[str, str]:
        page = self.get(path, {"keep": data["keep"]} if "keep" in data else None)
        if page.status_code == 405:
            # The form is on the page above.
            page = self.get(path.rstrip("/").rpartition("/")[0] + "/")
        fields = dom.of(page).all("input[type=hidden]") if page.status_code == 200 else []
        return {one["name"]: one["value"] for one in fields if one["name"].startswith("seen")}


@pytest.fixture
def client() -> Client:
    return DeskClient()
