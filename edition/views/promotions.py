"""The author of a note answers the editors, who ask to make a gloss of it."""

from django import forms
from django.shortcuts import get_object_or_404

from annotations.models import NotAllowed, Note, Promotion
from annotations.moderation import promote
from edition.requests.allowed_methods import FORM_METHODS
from edition.requests.fragments import two_bodies
from edition.requests.personal import personal
from edition.requests.rate_limits import count_change, refuse
from edition.requests.sign_in import redirect_to
from edition.views import answers
from edition.views.own_words import own_or_404

ANSWER_MESSAGES = {
    Promotion.Answer.AGREED: "The editors may make a gloss of your note.",
    Promotion.Answer.DECLINED: "Your note stays a note, and nothing else.",
}


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        choices=list(ANSWER_MESSAGES.items()),
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Choose yes or no."),
    )


@FORM_METHODS
@personal
@two_bodies
def note_promotion(request, note):
    """Agree to a gloss made from the note, or decline; the answer can change until it is made."""
    note = own_or_404(request, Note, note)
    promotion = get_object_or_404(promote.promotions(), note=note)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    wait = refuse(form, count_change(request)) if request.method == "POST" else 0
    if form.is_valid():
        try:
            promote.answer(promotion, form.cleaned_data["answer"])
            return redirect_to(request, request.path)
        except NotAllowed as error:
            form.add_error(None, error.message)
    context = {
        "form": form,
        "note": note,
        "promotion": promotion,
        "answer_message": ANSWER_MESSAGES.get(promotion.answer),
        "passage": note.passage,
        "action": request.path,
    }
    status = 422 if form.errors else 200
    return answers.form_page(request, "note_promotion", context, status=status, wait=wait)
