from allauth.account.views import SignupView
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from annotations.models import Note
from annotations.notes import leave
from annotations.notes.export import everything_of
from edition.requests.allowed_methods import FORM_METHODS, require_safe
from edition.requests.rate_limits import count_export, with_wait
from edition.views import site_pages
from essays.transactions import writing
from readers.forms import LeaveForm, NotCreated, ProfileForm


class SignUp(SignupView):
    """allauth's page, which shows its form again if somebody takes a name at the same time."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except NotCreated:
            if _is_valid_now(form):
                raise
            return self.form_invalid(form)


@FORM_METHODS
@login_required
@never_cache
def account_profile(request):
    """A form for the pen name, with links to the other pages of the account."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid() and rename(form, request.reader):
        messages.success(request, "Your pen name is kept.")
        return redirect("account_profile")
    context = {"form": form, "sends_mail": settings.SENDS_MAIL}
    return render(request, "account/profile.html", context)


def rename(form, reader) -> bool:
    """Save the pen name. Return False, with the error in the form, if somebody took it just now."""
    try:
        _save_name(form, reader)
    except IntegrityError:
        if _is_valid_now(form):
            raise
        return False
    return True


def _is_valid_now(form) -> bool:
    form.full_clean()
    return form.is_valid()


@writing
def _save_name(form, reader) -> None:
    """Save the pen name, and count the change on the pages that show it, which are locked first."""
    if reader:
        Note.objects.essays_naming(reader).bump_counters()
    form.save()


@require_safe
@never_cache
def account_everything(request):
    """Download everything that the reader wrote; guests can, too."""
    if not request.reader and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if wait := count_export(request):
        return site_pages.too_many_exports(request, wait)
    response = JsonResponse(
        everything_of(request.reader or None),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    name = f"everything-you-wrote-{timezone.now():%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@FORM_METHODS
@login_required
@rate_limit(action="reauthenticate")
@sensitive_post_parameters("password")
@never_cache
def account_delete(request):
    has_public = leave.has_public(request.reader or None)
    form = LeaveForm(request.POST or None, user=request.user, has_public=has_public)
    if request.method == "POST" and form.is_valid():
        # The account first: if that fails, its person is still signed in.
        leave.leave(request.user, keep_public=form.keeps_public)
        logout(request)
        return redirect("account_deleted")
    context = {"form": form, "note_count": Note.objects.of(request.reader).count()}
    wait = getattr(request, "password_wait", 0)
    page = render(request, "account/delete.html", context, status=429 if wait else 200)
    return with_wait(page, wait)


@require_safe
def account_deleted(request):
    return render(request, "account/deleted.html")
