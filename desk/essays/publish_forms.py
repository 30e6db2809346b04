"""The forms of the steps of publishing, and of the preview link."""

from datetime import timedelta

from django import forms
from django.utils import timezone


class PublishForm(forms.Form):
    keep_date = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args, essay, **kwargs):
        super().__init__(*args, **kwargs)
        if essay.published_at:
            at = timezone.localtime(essay.published_at)
            date = f"{at.day} {at:%B %Y}"
            self.fields["keep_date"].label = f"Keep {date} as its date, and its place on the shelf"
        else:
            del self.fields["keep_date"]


class ScheduleForm(forms.Form):
    at = forms.DateTimeField(
        label="Publish at",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": "Give a day and a time.",
            "invalid": "Give a day and a time, as in 2030-03-28 09:00.",
        },
    )

    def __init__(self, *args, essay, **kwargs):
        super().__init__(*args, initial={"at": essay.publish_at}, **kwargs)
        now = timezone.localtime()
        self.fields["at"].help_text = f"In the site's time, {now:%Z}: it is {now:%H:%M} now."

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at <= timezone.now():
            raise forms.ValidationError(
                "That time has passed. Give one to come, or publish the essay now."
            )
        return at


class PreviewLinkForm(forms.Form):
    """For how long a new preview link works; 30 days unless something else is chosen."""

    days = forms.ChoiceField(
        label="It works for",
        required=False,
        initial="30",
        choices=[
            *(("7", "7 days"), ("30", "30 days"), ("90", "90 days")),
            ("no end", "as long as the essay is a draft"),
        ],
    )

    def expires_at(self):
        days = self.cleaned_data["days"] or self.fields["days"].initial
        return None if days == "no end" else timezone.now() + timedelta(days=int(days))


class StepForm(forms.Form):
    """The form of a step that needs no fields."""

    def __init__(self, *args, essay, **kwargs):
        super().__init__(*args, **kwargs)
