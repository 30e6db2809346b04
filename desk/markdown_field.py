"""Form fields for Markdown: what cannot be rendered is refused with the renderer's own message."""

from django import forms

from essays import markup


class MarkdownField(forms.CharField):
    widget = forms.Textarea

    @staticmethod
    def render(source: str) -> markup.Rendered:
        raise NotImplementedError

    def clean(self, value):
        source = super().clean(value)
        try:
            self.render(source)
        except markup.MarkupError as error:
            raise forms.ValidationError(str(error)) from error
        return source


class GlossMarkdownField(MarkdownField):
    render = staticmethod(markup.render_gloss)


class PageMarkdownField(MarkdownField):
    render = staticmethod(markup.render_page)
