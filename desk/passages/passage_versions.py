from essays.versions import PassageVersion


def _user_name(user) -> str:
    return str(user) if user else "somebody whose account is gone"


class EditorsVersion(PassageVersion):
    """A version with its Markdown, and the user name of whoever made it."""

    compared_field = "source"
    name_of = staticmethod(_user_name)

    @property
    def facts(self) -> list[str]:
        """The passage's number, and what changed apart from its source."""
        version, previous = self.version, self.previous
        if version.number is None:
            return ["Cut from the essay"]
        facts = [f"passage {version.number}"]
        if previous and previous.number is None:
            facts.append("brought back")
        if previous and previous.kind != version.kind:
            kinds = [one.get_kind_display().lower() for one in (previous, version)]
            facts.append(" became ".join(kinds))
        if previous and previous.runs_on != version.runs_on:
            facts.append("runs on now" if version.runs_on else "runs on no more")
        return facts

    @property
    def is_current(self) -> bool:
        return self.version.version == self.version.passage.version

    @property
    def can_come_back(self) -> bool:
        return not self.is_current and self.version.number is not None
