"""Each room keeps to its trade: methods are data, the engine never learns their names, one crossing to the web."""

from __future__ import annotations

import ast
from pathlib import Path

from tools.tree import ROOT, kept_files

METHODS = ROOT / "src" / "yuance_methods"
ENGINE = ROOT / "src" / "yuance"
WEB = ROOT / "src" / "yuance_web"


def test_methods_are_toml_and_nothing_else() -> None:
    kept = [path for path in kept_files() if path.is_relative_to(METHODS)]
    other = [path for path in kept if path.suffix not in {".toml", ".csv", ".md"} and path.name != "__init__.py"]
    assert not other
    assert all(_only_docstring(path) for path in kept if path.name == "__init__.py")


def test_each_shipped_method_stands_under_its_id_and_version() -> None:
    import tomllib

    heads = [path for path in kept_files() if path.is_relative_to(METHODS) and path.name == "method.toml"]
    for head in heads:
        method = tomllib.loads(head.read_text(encoding="utf-8"))["method"]
        assert (method["id"], method["version"]) == (head.parent.parent.name, head.parent.name)


def test_the_engine_knows_no_method_by_name() -> None:
    names = {path.name for path in METHODS.iterdir() if path.is_dir() and not path.name.startswith("_")}
    engine = [path for path in kept_files() if path.is_relative_to(ENGINE) and path.suffix == ".py"]
    code = {path.relative_to(ROOT).as_posix(): _code(path) for path in engine}
    found = [(path, name) for path, text in code.items() for name in names if name in text]
    assert not found


def test_only_bridges_cross_from_the_web_to_the_engine() -> None:
    crossings = [
        path.relative_to(ROOT).as_posix()
        for path in kept_files()
        if path.is_relative_to(WEB) and path.suffix == ".py" and path.name != "bridge.py"
        if any(name == "yuance" or name.startswith("yuance.") for name in _imports(path))
    ]
    assert not crossings


def test_every_source_file_says_what_it_is() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in kept_files()
        if path.is_relative_to(ROOT / "src") and path.suffix == ".py" and path.parent.name != "migrations"
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def _only_docstring(path: Path) -> bool:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return len(body) <= 1 and (not body or isinstance(body[0], ast.Expr))


def _code(path: Path) -> str:
    """The file's statements without docstrings and comments, where a method may serve as an example."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def _imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.append(node.module)
    return names
