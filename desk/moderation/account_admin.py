"""The pages of groups and of confirmed e-mail addresses, as forms of this desk.

Importing the modules of Django and allauth registers theirs, which are replaced here.
"""

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group

from desk.base import DeskAdmin

admin.site.unregister([EmailAddress, Group])


@admin.register(Group)
class DeskGroupAdmin(DeskAdmin, GroupAdmin):
    pass


@admin.register(EmailAddress)
class DeskEmailAddressAdmin(DeskAdmin, EmailAddressAdmin):
    pass
