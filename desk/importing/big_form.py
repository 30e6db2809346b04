"""Reads a form of many fields and megabytes, for users who may add essays.

Django's limits for forms are the same for every URL, and too low for a long essay.
"""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from essays.importing.decode import MAX_BYTES
from essays.importing.text_totals import MAX_PASSAGES

# A text in the form's fields, its footnotes, and the multipart headers of each field.
MOST_BODY = 3 * MAX_BYTES + 2 * 1024 * 1024
MOST_FIELDS = 12 * MAX_PASSAGES

_NAME = re.compile(rb'[ ;]name="([^"]*)"')
_FILE_NAME = re.compile(rb'[ ;]filename="([^"]*)"')


class TooLarge(Exception):
    """The form is larger than any essay."""


class BigFormHandler(FileUploadHandler):
    """Reads a whole multipart form itself. Raises TooLarge."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > MOST_BODY:
            # A browser shows no response before it has sent the whole request.
            while input_data.read(64 * 1024):
                pass
            raise TooLarge
        body = input_data.read(content_length)
        parts = (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]
        if len(parts) > MOST_FIELDS:
            raise TooLarge
        fields, files = QueryDict(mutable=True), MultiValueDict()
        for part in parts:
            head, _, content = part.partition(b"\r\n\r\n")
            named, file_name = _NAME.search(head), _FILE_NAME.search(head)
            if named and file_name and file_name[1]:
                # Only the ending of its name is used.
                ending = ".md" if file_name[1].lower().endswith((b".md", b".markdown")) else ""
                files.appendlist(_text(named[1]), SimpleUploadedFile(f"text{ending}", content))
            elif named and not file_name:
                fields.appendlist(_text(named[1]), _text(content))
        return fields, files

    # Django requires these two, but the body is read above and they are not called.

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None


def _text(data: bytes) -> str:
    return data.decode(errors="replace")
