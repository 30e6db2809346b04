"""allauth's forms with this site's labels, and with a pen name; see ACCOUNT_FORMS."""

from allauth.account import forms as account
from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction

from readers import pen_names
from readers.models import User

LABELS = {
    "login": "User name",
    "username": "User name",
    "email": "E-mail",
    "password": "Password",
    "oldpassword": "Password now",
    "password1": "New password",
    "password2": "The same once more",
    "code": "Code",
}
HELP_TEXTS = {
    "username": "What you sign in with. Nobody else sees it.",
    "password1": "At least 8 characters, and not one that is easy to guess.",
}


class OurLabels:
    """Mixin: labels and help texts from the tables above, no placeholders."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP_TEXTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class PenNameField(forms.CharField):
    """Optional. `user` may keep their own name, although it is taken."""

    user = None

    def __init__(self):
        super().__init__(
            label="Pen name",
            required=False,
            max_length=pen_names.MAX_LENGTH,
            help_text="What others see beside what you share. Left empty: “A reader”.",
            widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
        )

    def clean(self, value):
        return pen_names.clean(super().clean(value), self.user)


def with_our_labels(form: type[forms.Form]) -> type[forms.Form]:
    return type(form.__name__, (OurLabels, form), {})


LoginForm = with_our_labels(account.LoginForm)
AddEmailForm = with_our_labels(account.AddEmailForm)
ChangePasswordForm = with_our_labels(account.ChangePasswordForm)
ResetPasswordForm = with_our_labels(account.ResetPasswordForm)
ResetPasswordKeyForm = with_our_labels(account.ResetPasswordKeyForm)
RequestLoginCodeForm = with_our_labels(account.RequestLoginCodeForm)
ConfirmLoginCodeForm = with_our_labels(account.ConfirmLoginCodeForm)


class NotCreated(Exception):
    """Somebody else took one of the names of an account at the same time."""


class SignupForm(OurLabels, account.SignupForm):
    field_order = ["username", "pen_name", "password1", "password2", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pen_name"] = PenNameField()
        self.fields["password1"].label = "Password"
        if settings.SENDS_MAIL:
            email = self.fields["email"]
            email.label = "E-mail, if you like"
            email.help_text = (
                "For a new password should you forget yours. Nothing else is sent there."
            )
        else:
            del self.fields["email"]
        self.order_fields(self.field_order)

    def save(self, request):
        """Create the account, or raise NotCreated. Mail is sent later, when nothing is locked."""
        try:
            with transaction.atomic():
                return super().save(request)
        except IntegrityError as error:
            raise NotCreated from error

    def custom_signup(self, request, user):
        user.pen_name = self.cleaned_data["pen_name"]
        user.save(update_fields=["pen_name"])


class ProfileForm(forms.ModelForm):
    pen_name = PenNameField()

    class Meta:
        model = User
        fields = ["pen_name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pen_name"].user = self.instance


class LeaveForm(OurLabels, account.ReauthenticateForm):
    """Confirms leaving with the password, and asks what to do with public notes and replies."""

    public = forms.ChoiceField(
        label="What others can see",
        choices=[
            ("go", "Delete it too. Where somebody answered, the answer stays without your words."),
            ("stay", "Leave it, without my name. I can never change or delete it."),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    field_order = ["public", "password"]

    def __init__(self, *args, has_public, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_public:
            del self.fields["public"]

    @property
    def keeps_public(self):
        return self.cleaned_data.get("public") == "stay"
