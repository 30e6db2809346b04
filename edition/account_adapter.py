"""allauth with this site's messages; signing in moves a guest's notes to the account."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from annotations.notes import claim
from essays.site_identity import site_identity
from readers import guests
from readers.addresses import hashed_address
from readers.models import Reader
from readers.person import CLAIMED, guest_id


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "That user name and password do not go together.",
        "too_many_login_attempts": "That was tried too often. Wait five minutes, then try again.",
        "enter_current_password": "That is not your password. Type the one you use now.",
        "incorrect_password": "That is not your password.",
        "incorrect_code": "That is not the code that was sent. Look again.",
        "username_taken": "That user name is taken. Choose another.",
        "email_taken": "There is an account with that e-mail already. Sign in, or leave it empty.",
        "duplicate_email": "That is your e-mail already.",
        "rate_limited": "That was too often. Wait a minute, then try again.",
    }

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if guest := guests.guest_of(request):
            reader, _ = Reader.objects.get_or_create(user=user)
            claim.claim(guest, reader)
            request.session[CLAIMED] = guest_id(guest)
        guests.forget_guest(response)
        return response

    def get_client_ip(self, request):
        """A hash that stands for the address: what limits store must not tell addresses."""
        return hashed_address(super().get_client_ip(request))

    def format_email_subject(self, subject):
        return f"{site_identity().name}: {subject}"

    def is_safe_url(self, url):
        """Whether `url` is on this site, under the host of the request."""
        return url_has_allowed_host_and_scheme(
            url, {self.request.get_host()}, require_https=self.request.is_secure()
        )

    def get_password_change_redirect_url(self, request):
        return reverse("account_profile")

    def get_email_verification_redirect_url(self, email_address):
        return reverse("account_profile")
