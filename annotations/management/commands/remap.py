import json
import sys

from django.core.management.base import BaseCommand, CommandError

from annotations.anchoring import Anchor, Quote, Span, remap


class Command(BaseCommand):
    help = (
        "Read edits as JSON lines from standard input and answer, a line each, where their "
        "annotations stand. A line that cannot be read is answered on standard error and with "
        'an "error" in its place; the others are still answered, and the exit status is 1.'
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument(
            "--lines", action="store_true", required=True, help="One edit a line, until input ends."
        )

    def handle(self, **options):
        bad = 0
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if not line.strip():
                continue
            identity = None
            try:
                edit = read(line)
                identity = edit.get("id")
                answer = {"id": identity, "annotations": answers(edit)}
            except (RecursionError, ValueError) as error:
                bad += 1
                answer = {"id": identity, "annotations": [], "error": str(error)}
                self.stderr.write(f"Line {number}: {error}")
            self.stdout.write(json.dumps(answer))
            self.stdout.flush()
        if bad:
            raise CommandError(f"{bad} of the lines could not be answered; see above.")


def read(line):
    """One edit. Raises ValueError in plain words."""
    try:
        edit = json.loads(line)
    except ValueError as error:
        raise ValueError(f"this is not JSON ({error}). Write one object a line.") from None
    if not isinstance(edit, dict):
        raise ValueError("this is not a JSON object. Write one object a line.")
    return edit


def answers(edit):
    old, new = texts(edit, "old"), texts(edit, "new")
    annotations = edit.get("annotations", [])
    if not isinstance(annotations, list):
        raise ValueError('"annotations" has to be a list.')
    outcomes = remap(old, new, [anchor(one) for one in annotations])
    return [
        {
            "id": outcome.id,
            "status": outcome.state,
            "passage": outcome.passage,
            "start": outcome.start,
            "end": outcome.end,
            "score": round(outcome.score, 4),
        }
        for outcome in outcomes
    ]


def texts(edit, name):
    passages = edit.get(name)
    if not isinstance(passages, list) or not all(isinstance(text, str) for text in passages):
        raise ValueError(f'"{name}" has to be a list of passage texts.')
    return passages


def anchor(annotation):
    wanted = {"passage": int, "start": int, "end": int, "exact": str}
    if not isinstance(annotation, dict) or "id" not in annotation:
        raise ValueError("an annotation has to be an object with an id.")
    for name, kind in wanted.items():
        if type(annotation.get(name)) is not kind:
            what = "a whole number" if kind is int else "a text"
            raise ValueError(f'annotation {annotation["id"]}: "{name}" has to be {what}.')
    quote = Quote(
        annotation["exact"], annotation.get("prefix") or "", annotation.get("suffix") or ""
    )
    span = Span(annotation["start"], annotation["end"])
    return Anchor(annotation["id"], annotation["passage"], span, quote)
