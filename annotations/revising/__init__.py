"""The one door for a change of an essay's text: it carries everything that hangs on it along.

`revise` writes a whole new text and `preview` says what that would do; the verbs change one
passage; `account_of` says what a change did to each anchor, and `settle` puts them where an editor
says; `attach` and `reattach` hang an anchor on words, and `confirm` says where those of a lost one
stand today.
"""

from annotations.revising.attach import attach
from annotations.revising.drafts import Draft, draft_of, drafts_of, found_again
from annotations.revising.errors import RevisingError, StaleEdit
from annotations.revising.gate_decisions import Decision, settle
from annotations.revising.impact import ATTENTION, TOLD, Account, Effect, Item, account_of, counted
from annotations.revising.invalidation import bump_counters
from annotations.revising.reattach import confirm, reattach
from annotations.revising.report import Fate, Report
from annotations.revising.revise import lock, preview, revise
from annotations.revising.verbs import (
    arrange,
    bring_back,
    edit,
    insert,
    merge,
    move,
    retire,
    split,
)

__all__ = [
    "ATTENTION",
    "TOLD",
    "Account",
    "Decision",
    "Draft",
    "Effect",
    "Fate",
    "Item",
    "Report",
    "RevisingError",
    "StaleEdit",
    "account_of",
    "arrange",
    "attach",
    "bring_back",
    "confirm",
    "counted",
    "draft_of",
    "drafts_of",
    "edit",
    "found_again",
    "insert",
    "lock",
    "merge",
    "move",
    "preview",
    "reattach",
    "retire",
    "revise",
    "settle",
    "split",
    "bump_counters",
]
