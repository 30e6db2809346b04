"""What the tests of the house rules have in common: the project's files, and what they import."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each app with the apps that it may import; edition and desk may not import each other.
MAY_IMPORT = {
    "essays": set(),
    "readers": {"essays"},
    "annotations": {"essays", "readers"},
    "edition": {"essays", "readers", "annotations"},
    "desk": {"essays", "readers", "annotations"},
}


def tracked(pattern: str = "*", *, also_new: bool = True) -> list[Path]:
    """The project's files that match, with those that git does not know yet if `also_new`."""
    new = ["--others", "--exclude-standard"] if also_new else []
    listed = subprocess.run(
        ["git", "ls-files", "--cached", *new, "-z", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules_of(name: str) -> list[Path]:
    """A module or package, by its path without an ending: the files that it is made of."""
    return sorted([*(ROOT / name).rglob("*.py"), *ROOT.glob(f"{name}.py")])


def imports_of(path: Path) -> set[str]:
    """The full dotted names that a module imports anywhere, as in `essays.errors.Refusal`."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_under(name: str, packages: set[str]) -> bool:
    """Whether a dotted name is one of these packages or modules, or inside one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)
