"""The house keeps its shape: who may import whom, one door for each third party, sizes, and what is never written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "between"

ROOMS = {"companion", "journal", "insights", "demo", "use"}
SERVICES = {"memory", "safety", "engines", "reading", "spaces"}
CELLAR = {"vault", "store"}
GROUND = {"domain", "errors", "settings", "prompts_dir", "quiet"}
TOOLS = {"evaluate", "bench", "__main__"}
"""Command lines: they may name real parts, as bootstrap does, and nothing imports them."""

MAY_IMPORT = {
    **{room: {room} | SERVICES | CELLAR | GROUND for room in ROOMS},
    **{service: {service} | SERVICES | CELLAR | GROUND for service in SERVICES},
    **{one: {one} | CELLAR | GROUND for one in CELLAR},
    **dict.fromkeys(GROUND, GROUND),
    "ui": {"ui", "bootstrap"} | ROOMS | SERVICES | CELLAR | GROUND,
    "bootstrap": {"space", "opening"} | ROOMS | SERVICES | CELLAR | GROUND,
    "opening": {"space"} | GROUND,
    "lookout": ROOMS | SERVICES | CELLAR | GROUND,
    "space": {"lookout"} | ROOMS | SERVICES | CELLAR | GROUND,
    **{tool: {"bootstrap", "space", tool} | ROOMS | SERVICES | CELLAR | GROUND for tool in TOOLS},
}

ONE_DOOR = {
    "streamlit": ("src/between/ui/", "pages/", "app.py", "src/between/__main__.py"),
    "altair": ("src/between/ui/",),
    "chromadb": ("src/between/memory/index.py",),
    "langchain": ("src/between/engines/",),
    "langchain_core": ("src/between/engines/",),
    "langchain_openai": ("src/between/engines/",),
    "openai": ("src/between/engines/",),
    "argon2": ("src/between/vault/",),
    "cryptography": ("src/between/vault/",),
    "zxcvbn": ("src/between/vault/",),
    "sqlalchemy": ("src/between/store/",),
    "alembic": ("src/between/store/",),
    "onnxruntime": ("src/between/memory/session.py",),
    "torch": ("src/between/safety/train",),
    "onnx": ("src/between/safety/train",),
    "sklearn": ("src/between/reading/train", "src/between/safety/train"),
}

# Bench may hold peers side by side.
PEERS_ALLOWED = "src/between/bench"

LONGEST = {"app.py": 40, "pages/": 80, "src/": 300}
LONGEST_FUNCTION = 50


def files() -> list[Path]:
    found = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *sorted(SRC.rglob("*.py"))]
    return [path for path in found if path.is_file()]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "between":
                yield from (f"between.{alias.name}" for alias in node.names)
            else:
                yield node.module


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    inside = path.relative_to(SRC)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


@pytest.mark.parametrize("path", files(), ids=named)
def test_dependencies_point_one_way(path: Path) -> None:
    if SRC not in path.parents or path == SRC / "__init__.py":
        return
    allowed = MAY_IMPORT[room_of(path)]
    for name in imported(path):
        if name.startswith("between."):
            assert name.split(".")[1] in allowed, f"{named(path)} imports {name}"


@pytest.mark.parametrize("path", files(), ids=named)
def test_third_parties_enter_by_one_door(path: Path) -> None:
    if named(path).startswith(PEERS_ALLOWED):
        return
    for name in imported(path):
        doors = ONE_DOOR.get(name.split(".")[0])
        assert doors is None or named(path).startswith(doors), f"{named(path)} imports {name}"


@pytest.mark.parametrize("path", files(), ids=named)
def test_files_and_functions_stay_readable(path: Path) -> None:
    text = path.read_text("utf-8")
    limit = next(limit for start, limit in LONGEST.items() if named(path).startswith(start))
    if named(path) != "src/between/ui/wording.py":  # words, not code
        assert text.count("\n") <= limit
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", files(), ids=named)
def test_everything_public_says_what_it_is_for(path: Path) -> None:
    module = tree(path)
    assert ast.get_docstring(module), "the module has no docstring"
    if named(path).startswith("pages/"):
        return
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            exempt = node.name.startswith("_") or named(path) == "src/between/errors.py"
            assert exempt or ast.get_docstring(node), f"{node.name} has no docstring"


NEVER_CALLED = {"eval", "exec", "print", "breakpoint"}
NEVER_NAMED = {"pickle", "cache_data", "PersistentClient", "HttpClient", "query_texts", "load_prompt"}


@pytest.mark.parametrize("path", files(), ids=named)
def test_what_is_never_written(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in NEVER_CALLED, f"{node.func.id}() at line {node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in NEVER_NAMED, f"{node.attr} at line {node.lineno}"
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & NEVER_NAMED
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
            raise AssertionError(f"unsafe_allow_html at line {node.lineno}")
        if isinstance(node, ast.keyword):
            assert node.arg not in NEVER_NAMED, f"{node.arg}= at line {node.lineno}"


@pytest.mark.parametrize("path", files(), ids=named)
def test_session_state_and_environment_have_one_door(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr == "session_state":
            assert named(path) == "src/between/ui/session.py"
        if node.attr in {"environ", "getenv"}:
            assert named(path) in {"src/between/settings.py", "src/between/quiet.py"}


@pytest.mark.parametrize("path", files(), ids=named)
def test_rooms_are_handed_the_clock_and_the_ids(path: Path) -> None:
    if room_of(path) not in ROOMS | SERVICES | CELLAR if SRC in path.parents else True:
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}:
            owner = node.value
            assert not (isinstance(owner, ast.Name) and owner.id in {"datetime", "date"}), node.lineno
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"uuid4", "uuid1"}, node.lineno


def test_every_page_starts_with_the_lock() -> None:
    for path in sorted((ROOT / "pages").glob("*.py")):
        text = path.read_text("utf-8")
        if path.name != "help_now.py":
            assert "me = session.unlocked()" in text, path.name


def test_only_the_broadest_catch_stands_at_the_screen() -> None:
    places = []
    for path in files():
        for node in ast.walk(tree(path)):
            broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
            )
            if broad:
                places.append(named(path))
    assert set(places) <= {"src/between/ui/frame.py"}
