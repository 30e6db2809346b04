from django.forms import BoundField, MultiWidget
from django.template import loader


class TemplateWidget:
    """Mixin for a form widget whose template is in the project's templates.

    Django's own renderer of forms does not look there.
    """

    def _render(self, template_name, context, renderer=None):
        return loader.get_template(template_name).render(context)


def data_of(field: BoundField) -> dict[str, object]:
    """The value of a form's field as a browser would send it, by the names of its inputs."""
    value, widget = field.value(), field.field.widget
    if not isinstance(widget, MultiWidget):
        return {field.html_name: value}
    parts = value if isinstance(value, list) else widget.decompress(value)
    names = (f"{field.html_name}{suffix}" for suffix in widget.widgets_names)
    return dict(zip(names, parts, strict=True))
