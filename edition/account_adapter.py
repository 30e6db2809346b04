"""allauth with this site's messages; signing in moves a guest's notes to the account."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from annotations.notes import claim
from edition.requests import password_limits
from essays.site_identity import site_identity
from readers import guests
from readers.addresses import hashed_address
from readers.models import Reader
from readers.person import CLAIMED, guest_id


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "That user name and password do not go together.",
        "enter_current_password": "That is not your password. Type the one you use now.",
        "incorrect_password": "That is not your password.",
        "incorrect_code": "That is not the code that was sent. Look again.",
        "username_taken": "That user name is taken. Choose another.",
        "duplicate_email": "That is your e-mail already.",
        "rate_limited": "That was too often. Wait a minute, then try again.",
    }

    def pre_authenticate(self, request, **credentials):
        """In place of allauth's limit, by which anybody could lock a name for everybody."""
        if wait := password_limits.count_try(request, credentials.get("username", "")):
            raise ValidationError(password_limits.advice(wait))

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if guest := guests.guest_of(request):
            reader, _ = Reader.objects.get_or_create(user=user)
            claim.claim(guest, reader)
            request.session[CLAIMED] = guest_id(guest)
        guests.forget_guest(response)
        password_limits.remember(request, response, user.username)
        return response

    def send_confirmation_mail(self, request, emailconfirmation, signup):
        """Whoever has confirmed the address already is told instead: it stays theirs."""
        address = emailconfirmation.email_address
        owners = EmailAddress.objects.filter(email=address.email, verified=True)
        if owners.exclude(user=address.user).exists():
            self.send_account_already_exists_mail(address.email)
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def get_client_ip(self, request):
        """A hash that stands for the address: what limits store must not tell addresses."""
        try:
            address = super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            # The header does not come from the proxies, or holds no address: count the peer.
            address = request.META["REMOTE_ADDR"]
        return hashed_address(address)

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
