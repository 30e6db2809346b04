"""Keep the former slugs of essays, so that old URLs still lead to them."""

from essays.models import Essay, FormerAddress


def keep_former_address(essay: Essay, old: str) -> None:
    """Let every URL under `old`, the previous slug of `essay`, lead to its current one.

    Call it in the transaction that saves the new slug. Going back to a former slug removes that
    one from the former ones; all others lead straight to the new slug.
    """
    essay.former_addresses.filter(slug=essay.slug).delete()
    FormerAddress.objects.get_or_create(slug=old, defaults={"essay": essay})
