"""Write the result of a merge to the site, in an order in which references can be resolved."""

import datetime

from django.db.models import ProtectedError

from annotations.loading.errors import LoadError
from annotations.loading.folder import Folder
from annotations.loading.merge_changes import Merge, merged_text
from annotations.loading.snapshot import ESSAY_FIELDS
from annotations.models import Gloss, GlossLink, Quotation, Theme
from annotations.revising import Report, attach, reattach, revise
from annotations.text.phrases import InvalidValue, find_phrase
from essays.models import Essay, EssayWork, Passage, Revision, Work

MODELS = {"works": Work, "themes": Theme, "quotations": Quotation}


class Applying:
    """Writes one merge, inside the transaction of its load."""

    def __init__(self, essay: Essay | None, folder: Folder, merged: Merge):
        self.folder, self.merged = folder, merged
        self.essay = essay or Essay(slug=folder.slug)
        self.texts = dict(zip(merged.files["essay"]["order"], folder.texts, strict=True))
        self.still_used: list[str] = []

    def write(self) -> Report:
        for section in ("works", "themes"):
            for name, value in self._applied(section):
                MODELS[section].objects.update_or_create(slug=name, defaults=value)
        rerender = self._write_essay()
        report = revise(
            self.essay,
            merged_text(self.merged),
            origin=Revision.Origin.FILE,
            veil=self._veil_key(),
            rerender=rerender,
        )
        self.essay = Essay.objects.get(pk=self.essay.pk)
        self.passages = {passage.key: passage for passage in self.essay.passages.current()}
        for passage in self.passages.values():
            passage.essay = self.essay
        self._write_veil()
        for name, value in self._applied("quotations"):
            self._write_quotation(name, value)
        for key in self.merged.files["glosses"]:
            self._write_gloss(key)
        self._delete()
        return report

    def _applied(self, section: str):
        """The names and values of a section that are taken from the files."""
        for name, value in self.merged.files[section].items():
            if (section, name) in self.merged.apply:
                yield name, value

    def _write_essay(self) -> bool:
        """Save the essay except its veil; return whether its passages must be rendered anew."""
        values = dict(self._applied("essay"))
        for name in ESSAY_FIELDS:
            if name in values:
                setattr(self.essay, name, values[name])
        if "date" in values:
            date = values["date"]
            self.essay.date = datetime.date.fromisoformat(date) if date else None
        if values or self.essay.pk is None:
            self.essay.save()
        if "works" in values:
            self.essay.essaywork_set.all().delete()
            works = Work.objects.in_bulk(values["works"], field_name="slug")
            EssayWork.objects.bulk_create(
                EssayWork(essay=self.essay, work=works[slug], position=place)
                for place, slug in enumerate(values["works"])
            )
        return "smart" in values

    def _veil_key(self) -> str | None:
        veil = dict(self._applied("essay")).get("veil")
        return veil["after"] if veil else None

    def _write_veil(self) -> None:
        if ("essay", "veil") not in self.merged.apply:
            return
        veil = self.merged.files["essay"]["veil"]
        after = work = None
        if veil:
            after, work = self.passages.get(veil["after"]), Work.objects.get(slug=veil["work"])
            if after is None:
                self._refuse(self.folder.veil, "after", f"“{veil['after']}” was taken out")
        self.essay.veil_after, self.essay.veil_work = after, work
        self.essay.veil_text = veil["text"] if veil else ""
        self.essay.save(update_fields=["veil_after", "veil_work", "veil_text"])

    def _passage(self, name: str) -> Passage:
        if "/" in name:
            slug, key = name.split("/", 1)
            return Passage.objects.get(essay__slug=slug, key=key)
        return self.passages.get(name) or self.essay.passages.get(key=name)

    def _write_quotation(self, name: str, value: dict) -> None:
        passage = self._passage(value["passage"]) if value["passage"] else None
        text = value["phrase"] or value["text"] or passage.text
        Quotation.objects.update_or_create(
            slug=name,
            defaults={
                "work": Work.objects.get(slug=value["work"]),
                "speaker": value["speaker"],
                "place": value["place"],
                "passage": passage,
                "text": text,
            },
        )

    def _write_gloss(self, key: str) -> None:
        value = self.merged.files["glosses"][key]
        applied = ("glosses", key) in self.merged.apply
        if not applied and value != self.merged.site["glosses"].get(key):
            return
        gloss = self.essay.glosses.filter(key=key).first() or Gloss(essay=self.essay, key=key)
        if applied:
            gloss.source = value["text"]
        passage = self.passages.get(value["passage"])
        as_in_file = passage is not None and passage.text == self.texts[value["passage"]]
        if as_in_file or applied:
            self._attach(gloss, passage, value)
        if applied:
            gloss.save()
            self._write_links(gloss, value["links"])

    def _attach(self, gloss: Gloss, passage: Passage | None, value: dict) -> None:
        """Attach a gloss to the words that the file names, unless it is on them already."""
        entry = self.folder.glosses[gloss.key]
        if passage is None:
            self._refuse(entry, "passage", f"“{value['passage']}” was taken out")
        start = end = 0
        if value["phrase"]:
            try:
                start = find_phrase(passage.text, value["phrase"], value["occurrence"])
            except InvalidValue as error:
                self._refuse(entry, "phrase", error.message)
            end = start + len(value["phrase"])
        if gloss.pk is None:
            attach(gloss, passage, start, end)
        elif (gloss.passage_id, gloss.start, gloss.end, gloss.state) != (
            *(passage.pk, start, end),
            Gloss.State.KEPT,
        ):
            reattach(gloss, passage, start, end)

    def _refuse(self, entry, field: str, message: str) -> None:
        remedy = "Change the file, or load with --take file."
        raise LoadError([entry.problem(f"On the site: {message.rstrip('.')}.", remedy, field)])

    def _write_links(self, gloss: Gloss, links: list[dict]) -> None:
        gloss.links.all().delete()
        for position, link in enumerate(links):
            kind = link["to"]
            if kind == "passage":
                target = self._passage(link["name"])
            else:
                target = MODELS[f"{kind}s"].objects.get(slug=link["name"])
            GlossLink.objects.create(
                gloss=gloss,
                position=position,
                relation=link["relation"],
                reason=link["reason"],
                phrase=link["phrase"],
                **{kind: target},
            )

    def _delete(self) -> None:
        """Delete what was removed from the files since the last load, unless others need it."""
        removed = [item for item in self.merged.apply if not self._is_in_files(*item)]
        for section, name in sorted(removed):
            if section == "glosses":
                self.essay.glosses.filter(key=name).delete()
        for section in ("quotations", "themes", "works"):
            for _, name in sorted(item for item in removed if item[0] == section):
                try:
                    MODELS[section].objects.filter(slug=name).delete()
                except ProtectedError:
                    self.still_used.append(f"{section[:-1]} {name}")

    def _is_in_files(self, section: str, name: str) -> bool:
        return name in self.merged.files[section]
