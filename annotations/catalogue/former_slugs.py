"""Where an essay is found: its slug, and those that it bore before."""

from essays.models import Essay, FormerAddress


def leave(essay: Essay, old: str) -> None:
    """Let every URL under `old`, the slug of `essay` until now, lead to the one it has.

    Call it in the transaction that saves the new one. A former slug that it takes back is its
    own again; those before lead straight to the new one.
    """
    essay.former_addresses.filter(slug=essay.slug).delete()
    FormerAddress.objects.get_or_create(slug=old, defaults={"essay": essay})
