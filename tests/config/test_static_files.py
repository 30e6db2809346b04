"""What is served under /static/, with the storage of production."""

import json

from tests import prepared_site
from tests.server import output_of

ASK = """
import django, json
django.setup()
from pathlib import Path
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

root = Path(settings.STATIC_ROOT)
for stray in ("stray.js", "css/pages/base.0123456789ab.css", "notes.txt"):
    (root / stray).write_text("x")
files = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
client = Client(headers={"Host": "localhost"})
print(json.dumps({
    "named": sorted(staticfiles_storage.load_manifest()[0].values()),
    "statuses": {name: client.get("/static/" + name).status_code for name in files},
}))
"""


def test_only_files_that_the_manifest_names_are_served(tmp_path, prepared_data):
    prepared_site.copy(prepared_data, tmp_path)
    answers = json.loads(output_of(ASK, tmp_path).splitlines()[-1])
    served = sorted(name for name, status in answers["statuses"].items() if status == 200)
    assert served == answers["named"]
    assert {"stray.js", "notes.txt", "staticfiles.json"} <= answers["statuses"].keys()
    assert set(answers["statuses"].values()) == {200, 404}
