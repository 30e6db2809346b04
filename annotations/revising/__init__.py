"""The only way to change an essay's text, which moves every anchor along with it.

`revise` writes a whole new text, and `preview` reports what it would do. `edit`, `split`, `merge`
and the other verbs change single passages. `impact_of` lists what a change did to each anchor, and
`apply_decisions` moves anchors to the words that an editor chose. `attach` sets an anchor on
words, `reattach` moves it to others, and `confirm` says where the words of a lost one are today.
"""

from annotations.revising.ahead import ahead_of
from annotations.revising.attach import attach
from annotations.revising.drafts import Draft, draft_of, drafts_of, match_keys
from annotations.revising.errors import RevisingError, StaleEdit
from annotations.revising.gate_decisions import Decision, apply_decisions
from annotations.revising.impact import (
    NEEDS_ATTENTION,
    PRIVATE_COUNTS,
    AnchorImpact,
    ChangeImpact,
    Effect,
    counts_text,
    impact_of,
)
from annotations.revising.invalidation import bump_counters, lock_pages
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
    "NEEDS_ATTENTION",
    "PRIVATE_COUNTS",
    "ChangeImpact",
    "Decision",
    "Draft",
    "Effect",
    "Fate",
    "AnchorImpact",
    "ahead_of",
    "Report",
    "RevisingError",
    "StaleEdit",
    "impact_of",
    "arrange",
    "attach",
    "bring_back",
    "confirm",
    "counts_text",
    "draft_of",
    "drafts_of",
    "edit",
    "match_keys",
    "insert",
    "lock",
    "lock_pages",
    "merge",
    "move",
    "preview",
    "reattach",
    "retire",
    "revise",
    "apply_decisions",
    "split",
    "bump_counters",
]
