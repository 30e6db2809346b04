from django.db import models, transaction

from essays import markup, site_identity
from essays.change_history import History

TEXT = "Markdown: headings, lists, links. The page is there once it has a text."
PRIVACY = (
    "Markdown, shown below the list of what the site stores. Add who you are, where the server "
    "stands and how long you keep backups."
)


class Site(models.Model):
    """The site's name and its own pages, in one row, which the first save creates."""

    name = models.CharField(
        max_length=60, blank=True, help_text="Empty: the name that the operator gave it."
    )
    about_title = models.CharField("title", max_length=80, default="About")
    about = models.TextField("text", blank=True, help_text=TEXT)
    about_html = models.TextField(editable=False)
    imprint_title = models.CharField("title", max_length=80, default="Imprint")
    imprint = models.TextField("text", blank=True, help_text=TEXT)
    imprint_html = models.TextField(editable=False)
    privacy_title = models.CharField("title", max_length=80, default="Privacy")
    privacy = models.TextField("text", blank=True, help_text=PRIVACY)
    privacy_html = models.TextField(editable=False)
    history = History(excluded_fields=[f"{page}_html" for page in site_identity.PAGES])

    class Meta:
        verbose_name = verbose_name_plural = "the site"

    def __str__(self):
        return "The site"

    def save(self, **kwargs):
        """Save it as the only row, and renew the cache after the commit."""
        self.pk = 1
        for page in site_identity.PAGES:
            source = getattr(self, page)
            html = markup.render_page(source).html if source.strip() else ""
            setattr(self, f"{page}_html", html)
        super().save(**kwargs)
        transaction.on_commit(site_identity.renew)
