from django.template import loader


class TemplateWidget:
    """Mixin for a form widget whose template is in the project's templates.

    Django's own renderer of forms does not look there.
    """

    def _render(self, template_name, context, renderer=None):
        return loader.get_template(template_name).render(context)
