from django import forms

MAX_QUERY_LENGTH = 200


class QueryField(forms.CharField):
    """The words to search for, optional."""

    def __init__(self, **options):
        super().__init__(
            required=False,
            max_length=MAX_QUERY_LENGTH,
            error_messages={
                "max_length": (
                    f"That is too long to look for. Give at most {MAX_QUERY_LENGTH} characters."
                ),
                "null_characters_not_allowed": (
                    "There is a character in it that no text has. Type the words again."
                ),
            },
            **options,
        )
