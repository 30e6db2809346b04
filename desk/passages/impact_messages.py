"""What a change did, in the words of the desk."""

from annotations.models import Anchor
from annotations.revising import TOLD, Account, Effect, Item, counted

DID = {
    "kept": ("kept its words", "kept their words"),
    "back": ("is back on its own words", "are back on their own words"),
    "changed": ("is about other words now", "are about other words now"),
    "moved": ("stands in another passage", "stand in another passage"),
    "lost": ("lost its words", "lost their words"),
}


def saved_words(account: Account) -> str:
    """What to say once a change is saved and every decision is carried out."""
    ended: dict[str, list[Item]] = {name: [] for name in DID}
    for item in account.items:
        lost = item.anchor.state == Anchor.State.ORPHANED
        found = item.effect == Effect.LOST and not lost
        ended["lost" if lost else "changed" if found else item.effect.value].append(item)
    told = [
        f"{counted(items)} {DID[name][len(items) > 1]}" for name, items in ended.items() if items
    ]
    return f"Saved. {'; '.join(told)}." if told else "Saved."


def summary_of(account: Account) -> list[tuple[str, str]]:
    """Each effect that there is, with what it befell, those first that need attention."""
    return [
        (effect.value, counted(items)) for effect in Effect if (items := account.having(effect))
    ]


def private_words(account: Account) -> str:
    """The four numbers of private notes; empty where there are none at all."""
    if not sum(account.private.values()):
        return ""
    return ", ".join(f"{account.private[name]} {name}" for name in TOLD)
