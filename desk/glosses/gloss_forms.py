"""The forms of a gloss: its words, its source and its links."""

from django import forms
from django.utils.text import slugify

from annotations.loading import fields
from annotations.models import Gloss, GlossLink
from annotations.text.phrases import InvalidValue, Occurrences
from desk.glosses.words_form import PhraseMatches, WordsForm
from desk.lookup import match_by_value, match_of, named_by, remedy_for
from desk.markdown_field import GlossMarkdownField
from essays.errors import shortened
from essays.identifiers import free_name
from essays.models import Essay, Passage

MAX_KEY_LENGTH = Gloss._meta.get_field("key").max_length


def place_of(gloss: Gloss, passage: Passage) -> str:
    """Passage key, version, start and end of its words; empty if they are not in `passage`."""
    if gloss.pk is None or gloss.start is None or gloss.passage_id != passage.pk:
        return ""
    return f"{passage.key} {passage.version} {gloss.start} {gloss.end}"


def key_for(words: str, passage: Passage, taken=()) -> str:
    """A free key made from these words; without words, from the key of the passage."""
    key = slugify(words)[:MAX_KEY_LENGTH]
    if len(slugify(words)) > MAX_KEY_LENGTH:
        key = key.rpartition("-")[0] or key
    key = key.strip("-_").replace("_", "-") or passage.key
    return free_name(key, set(taken).__contains__, MAX_KEY_LENGTH)


def validate_key(key: str) -> None:
    try:
        fields.slug(key)
    except InvalidValue as error:
        raise forms.ValidationError(f"{error.message} {error.remedy}") from error


class SourceForm(forms.ModelForm):
    """The source alone: the history brings back old states with this form."""

    class Meta:
        field_classes = {"source": GlossMarkdownField}


class GlossForm(WordsForm):
    key = forms.CharField(
        required=False,
        max_length=MAX_KEY_LENGTH,
        help_text="Its name in the essay's files. Left empty, it is made from the words.",
    )
    source = GlossMarkdownField(
        label="Gloss",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write what the gloss says."},
        help_text="Markdown: emphasis and links.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ["words", "occurrence", "whole", "source", "key"]

    def __init__(self, gloss: Gloss, passage: Passage, *args, **kwargs):
        super().__init__(gloss.essay, *args, **kwargs)
        self.gloss, self.passage = gloss, passage
        self.fields["words"].help_text = "Select them in the passage, or type them as it has them."

    def leaves_words(self):
        """True if no words are chosen for a gloss that is lost or in another passage."""
        cleaned = self.cleaned_data
        chosen = cleaned["whole"] or cleaned["words"].strip() or cleaned["start"] is not None
        return self.gloss.pk is not None and not cleaned["place"] and not chosen

    def ambiguity_message(self, matches):
        return f"These words stand here {matches.times}. Say which are meant."

    @property
    def moves(self) -> bool:
        """Whether the chosen words differ from those that the gloss is attached to."""
        cleaned = self.cleaned_data
        if self.span is None:
            return False
        start, end = self.span
        return f"{cleaned['passage']} {cleaned['version']} {start} {end}" != cleaned["place"]

    @property
    def matches(self) -> PhraseMatches:
        """The places in the passage that have the words of the form."""
        words = (self["words"].value() or "").replace("\r\n", "\n").strip()
        return PhraseMatches.named_by(self.passage.text, words, self["occurrence"].value())

    def clean_key(self):
        key = self.cleaned_data["key"]
        if not key or key == self.gloss.key:
            return key
        validate_key(key)
        if self.essay.glosses.filter(key=key).exists():
            raise forms.ValidationError("Another gloss of this essay has this key. Choose another.")
        return key


def initial_of(gloss: Gloss, passage: Passage) -> dict[str, object]:
    """The initial values of the form of an existing gloss."""
    initial = {"key": gloss.key, "source": gloss.source}
    if not place_of(gloss, passage):
        return initial
    occurrence = Occurrences(passage.text, gloss.words).number_at(gloss.start)
    whole = gloss.is_whole_passage
    words = "" if whole else gloss.words
    return {**initial, "words": words, "occurrence": occurrence, "whole": whole}


class LinkForm(forms.Form):
    """One link of a gloss. Once clean it has a `target`, or `choices` if the name is ambiguous."""

    link = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    chosen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    name = forms.CharField(
        label="Leads to",
        max_length=300,
        error_messages={"required": "Say what it leads to."},
        help_text="A quotation, theme, work or passage: type part of its name or words.",
    )
    relation = forms.ChoiceField(
        choices=[("", "Choose one"), *GlossLink.Relation.choices],
        error_messages={"required": "Say how it relates."},
    )
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Give the reason, in one sentence."},
        help_text="One sentence that readers see.",
    )
    phrase = forms.CharField(
        label="Words of that passage",
        required=False,
        help_text="Only for a passage, if not all of it is meant.",
    )

    def __init__(self, *args, essay: Essay, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.essay, self.target, self.choices = essay, None, []

    def has_changed(self):
        """False for an empty row, which has nothing but a place in the order."""
        return bool({"name", "relation", "reason", "phrase"} & set(self.changed_data))

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("name", "")
        chosen = match_by_value(cleaned.get("chosen", ""), self.essay)
        matches = named_by(name, essay=self.essay, chosen=chosen)
        self.target, self.choices = (matches[0], []) if len(matches) == 1 else (None, matches)
        if self.choices:
            self.add_error("name", "Several things go by this. Choose one.")
        elif self.target is None and name:
            self.add_error("name", f"Nothing here goes by “{shortened(name)}”. {remedy_for(name)}")
        elif self.target and cleaned.get("phrase"):
            self._check_phrase(cleaned["phrase"])
        return cleaned

    def _check_phrase(self, phrase: str) -> None:
        if self.target.kind != "passage":
            self.add_error("phrase", "Only a link to a passage names words. Take them out.")
            return
        matches = Occurrences(self.target.item.text, phrase)
        if not matches.count:
            self.add_error("phrase", f"These words are not in that passage. {matches.remedy}")
        elif matches.count > 1:
            message = f"That passage says this {matches.count} times. Type more words."
            self.add_error("phrase", message)


class LinksFormSet(forms.BaseFormSet):
    def save(self, gloss: Gloss) -> bool:
        """Make the links of the gloss those of the forms. Return whether anything changed."""
        before = {link.pk: _values(link) for link in gloss.links.all()}
        saved, changed = set(), False
        for link in self.typed_links(gloss):
            if _values(link) != before.get(link.pk):
                link.save()
                changed = True
            saved.add(link.pk)
        for link in gloss.links.exclude(pk__in=saved):
            link.delete()
            changed = True
        return changed

    def typed_links(self, gloss: Gloss) -> list[GlossLink]:
        """The links as they will be, in their order; not saved."""
        links, typed = {link.pk: link for link in gloss.links.all()}, []
        for position, form in enumerate(self.link_forms):
            cleaned = form.cleaned_data
            link = links.get(cleaned["link"]) or GlossLink(gloss=gloss)
            for kind in GlossLink.TARGETS:
                setattr(link, kind, form.target.item if kind == form.target.kind else None)
            for name in ("relation", "reason", "phrase"):
                setattr(link, name, cleaned[name])
            link.position = position
            typed.append(link)
        return typed

    @property
    def link_forms(self) -> list[LinkForm]:
        """The filled-in forms that are not to be deleted, in the order that the editor gave."""
        ordered = [form for form in self.ordered_forms if form.has_changed() or form.initial]
        return [form for form in ordered if form.target]


def _values(link: GlossLink) -> list[object]:
    names = [*(f"{kind}_id" for kind in GlossLink.TARGETS), "relation", "reason", "phrase"]
    return [getattr(link, name) for name in [*names, "position"]]


Links = forms.formset_factory(
    LinkForm, formset=LinksFormSet, extra=2, can_order=True, can_delete=True, max_num=50
)


def links_of(gloss: Gloss, data=None) -> LinksFormSet:
    """The forms of the links of a gloss, and two for new ones."""
    links = GlossLink.objects.none() if gloss.pk is None else gloss.links.all()
    links = links.select_related("theme", "work", "quotation__work", "passage__essay")
    targets = [(link, match_of(link.kind, link.target, gloss.essay)) for link in links]
    initial = [
        {"link": link.pk, "chosen": target.value, "name": target.label}
        | {name: getattr(link, name) for name in ("relation", "reason", "phrase")}
        for link, target in targets
    ]
    return Links(data, initial=initial, prefix="links", form_kwargs={"essay": gloss.essay})
