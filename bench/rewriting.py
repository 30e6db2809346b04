"""Measure whether anchors survive hard edits: `python -m bench.rewriting [errors]`.

Prints, by kind of edit, the share of quotes that are exactly right, near (their span and the right
one have 70 % in common), partly right, on other words, and lost. With `errors`, prints this number
of wrong answers of each kind.
"""

import sys
from collections import defaultdict
from itertools import pairwise

from annotations.anchoring import AnchorRecord, Outcome, Quote, Span, remap
from bench.hard_edits import KINDS, Case, Place, cases

NEAR = 0.7
CONTEXT_LENGTH = 32


def quote_at(text: str, start: int, end: int) -> Quote:
    before = text[max(0, start - CONTEXT_LENGTH) : start]
    return Quote(text[start:end], before, text[end : end + CONTEXT_LENGTH])


def carried(case: Case) -> Outcome:
    """The outcome of the last edit; each begins where the one before it left the quote."""
    passage, span = case.quote.passage, Span(case.quote.start, case.quote.end)
    original = quote = quote_at(case.texts[0][passage], span.start, span.end)
    for old, new in pairwise(case.texts):
        first = None if quote == original else original
        [outcome] = remap(old, new, [AnchorRecord("", passage, span, quote, first)])
        if outcome.passage is None or outcome.start is None or outcome.end is None:
            span = None
            continue
        passage, span = outcome.passage, Span(outcome.start, outcome.end)
        quote = quote_at(new[passage], span.start, span.end)
    return outcome


def verdict(outcome: Outcome, right: Place | None) -> str:
    if outcome.passage is None or outcome.start is None or outcome.end is None:
        return "exact" if right is None else "lost"
    if right is None or outcome.passage != right.passage:
        return "wrong"
    common = min(outcome.end, right.end) - max(outcome.start, right.start)
    share = common / (max(outcome.end, right.end) - min(outcome.start, right.start))
    if share == 1:
        return "exact"
    return "near" if share >= NEAR else "partly" if share > 0 else "wrong"


def main(errors: int) -> None:
    print("kind of edit               quotes  exact   near  partly  wrong   lost  (% of quotes)")
    for kind in KINDS:
        counts: dict[str, int] = defaultdict(int)
        shown = 0
        for case in cases(kind):
            outcome = carried(case)
            answer = verdict(outcome, case.right)
            counts[answer] += 1
            counts["all"] += 1
            if answer not in ("exact", "near") and shown < errors:
                shown += 1
                print(f"  {answer}: {case} -> {outcome}")
        shares = {name: 100 * count / counts["all"] for name, count in counts.items()}
        near = shares.get("exact", 0) + shares.get("near", 0)
        print(
            f"{kind:26} {counts['all']:6} {shares.get('exact', 0):6.1f} {near:6.1f} "
            f"{shares.get('partly', 0):7.1f} {shares.get('wrong', 0):6.1f} "
            f"{shares.get('lost', 0):6.1f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
