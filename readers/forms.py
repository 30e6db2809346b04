"""allauth's forms in the site's words, with a pen name; used through ACCOUNT_FORMS."""

from allauth.account import forms as account
from django import forms
from django.conf import settings

from readers import pen_names
from readers.models import User

WORDS = {
    "login": "User name",
    "username": "User name",
    "email": "E-mail",
    "password": "Password",
    "oldpassword": "Password now",
    "password1": "New password",
    "password2": "The same once more",
    "code": "Code",
}
HELP = {
    "username": "What you sign in with. Nobody else sees it.",
    "password1": "At least 8 characters, and not one that is easy to guess.",
}


class InOurWords:
    """Labels and help from the tables above; no placeholders."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = WORDS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class PenNameField(forms.CharField):
    """Optional; `user` is whose name it is, once there is an account."""

    user = None

    def __init__(self):
        super().__init__(
            label="Pen name",
            required=False,
            max_length=pen_names.LONGEST,
            help_text="What others see beside what you share. Left empty: “A reader”.",
            widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
        )

    def clean(self, value):
        return pen_names.clean(super().clean(value), self.user)


class LoginForm(InOurWords, account.LoginForm):
    pass


class SignupForm(InOurWords, account.SignupForm):
    field_order = ["username", "pen_name", "password1", "password2", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pen_name"] = PenNameField()
        self.fields["password1"].label = "Password"
        if settings.SENDS_MAIL:
            self.fields["email"].label = "E-mail, if you like"
            self.fields[
                "email"
            ].help_text = "For a new password should you forget yours. Nothing else is sent there."
        else:
            del self.fields["email"]
        self.order_fields(self.field_order)

    def custom_signup(self, request, user):
        user.pen_name = self.cleaned_data["pen_name"]
        user.save(update_fields=["pen_name"])


class EmailForm(InOurWords, account.AddEmailForm):
    pass


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    pass


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    pass


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    pass


class AskForCodeForm(InOurWords, account.RequestLoginCodeForm):
    pass


class CodeForm(InOurWords, account.ConfirmLoginCodeForm):
    pass


class ProfileForm(forms.ModelForm):
    pen_name = PenNameField()

    class Meta:
        model = User
        fields = ["pen_name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pen_name"].user = self.instance


class LeaveForm(InOurWords, account.ReauthenticateForm):
    """Asks the password before an account goes, and what becomes of what others can see."""

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
