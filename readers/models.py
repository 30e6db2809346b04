from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person with an account; others see the pen name, never the user name."""

    pen_name = models.CharField(max_length=40, blank=True)
