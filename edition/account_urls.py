"""The pages under /accounts/: those of allauth that the site uses, and its own."""

from functools import wraps

from allauth.account import views as allauth
from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, path, re_path, resolve
from django.views.generic import RedirectView

from edition.requests.carried_words import carry_along, page_of_step
from edition.requests.rate_limits import with_wait
from edition.views import accounts
from readers.typed_words import is_only_shown, unsealed

WRITING_VIEWS = {"create_note", "edit_note", "note_audience", "create_reply", "edit_reply"}


def page(view, *, mails=False):
    """An allauth view as a page of this site; with `mails`, 404 if the site sends no mail."""

    @wraps(view)
    def show(request, *args, **kwargs):
        if mails and not settings.SENDS_MAIL:
            raise Http404
        words = unsealed(request) or getattr(request, "carried_words", None)
        if words and is_only_shown(request):
            page_of_step(request)
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None)
        if wait := getattr(request, "password_wait", 0):
            response.status_code = 429
            with_wait(response, wait)
        if context is not None:
            # allauth sets it to the host; the templates here expect this site's identity.
            context.pop("site", None)
            context["sends_mail"] = settings.SENDS_MAIL
            context["returns_to_form"] = _returns_to_form(context.get("redirect_field_value"))
        return carry_along(request, response, words) if words else response

    return show


def _returns_to_form(address):
    try:
        return resolve((address or "").partition("?")[0]).url_name in WRITING_VIEWS
    except Resolver404:
        return False


urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_profile")),
    path("login/", page(allauth.login), name="account_login"),
    path("logout/", page(allauth.logout), name="account_logout"),
    path("signup/", page(accounts.SignUp.as_view()), name="account_signup"),
    path("inactive/", page(allauth.account_inactive), name="account_inactive"),
    path("password/change/", page(allauth.password_change), name="account_change_password"),
    path("profile/", accounts.account_profile, name="account_profile"),
    path("everything/", accounts.account_everything, name="account_everything"),
    path("delete/", accounts.account_delete, name="account_delete"),
    path("deleted/", accounts.account_deleted, name="account_deleted"),
]

WITH_MAIL = {
    "email/": (allauth.email, "account_email"),
    "email/sent/": (allauth.email_verification_sent, "account_email_verification_sent"),
    "email/<str:key>/": (allauth.confirm_email, "account_confirm_email"),
    "login/code/": (allauth.request_login_code, "account_request_login_code"),
    "login/code/confirm/": (allauth.confirm_login_code, "account_confirm_login_code"),
    "password/reset/": (allauth.password_reset, "account_reset_password"),
    "password/reset/sent/": (allauth.password_reset_done, "account_reset_password_done"),
    "password/reset/done/": (
        allauth.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
}
urlpatterns += [
    path(route, page(view, mails=True), name=name) for route, (view, name) in WITH_MAIL.items()
]
urlpatterns += [
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        page(allauth.password_reset_from_key, mails=True),
        name="account_reset_password_from_key",
    )
]
