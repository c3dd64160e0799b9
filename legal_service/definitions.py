"""Definitions that lawyers and the legislator own (YAML): one loader, exact decimals, no duplicate key, no surprise.

`yaml.safe_load` makes 0.000175 a binary float, NO a boolean, and lets the last of two equal keys win. This loader reads
every number with a point as `Decimal`, only true/false as booleans, and refuses a duplicate key with file and line.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml


class DefinitionError(ValueError):
    """A definition file is wrong; the message names file, line and what is wrong."""


class _Loader(yaml.CSafeLoader):
    """SafeLoader (in C) with Decimals, YAML 1.2 booleans and a duplicate-key error."""


class _Dumper(yaml.SafeDumper):
    """SafeDumper that writes an equal value twice rather than as an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, regexp) for tag, regexp in resolvers if tag not in {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:float"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("!decimal", re.compile(r"^[-+]?\d+\.\d+$"), list("-+0123456789"))


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, int] = {}
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise DefinitionError(f"line {key_node.start_mark.line + 1}: duplicate key {key!r}")
        seen[key] = key_node.start_mark.line
    loader.flatten_mapping(node)
    return {
        loader.construct_object(key, deep=True): loader.construct_object(value, deep=True) for key, value in node.value
    }


_Loader.add_constructor("!decimal", _decimal)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(text: str, name: str) -> Any:
    """Read one YAML document; `name` is the file name used in errors. Raises `DefinitionError`.

    >>> read("value: 0.000175", "x.yaml")
    {'value': Decimal('0.000175')}
    """
    loader = _Loader(text)
    try:
        return loader.get_single_data()
    except (DefinitionError, yaml.YAMLError) as error:
        raise DefinitionError(f"{name}: {error}") from error
    finally:
        loader.dispose()


def read_foreign(text: str, name: str, *, deepest: int) -> Any:
    """Read a document that somebody sent: no aliases, and nothing nested deeper, for the loader would fall over it."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                raise DefinitionError(f"{name}: line {line}: no aliases")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > deepest:
                raise DefinitionError(f"{name}: line {line}: nested deeper than {deepest}")
    except yaml.YAMLError as error:
        raise DefinitionError(f"{name}: {error}") from error
    return read(text, name)


def written(value: Any) -> str:
    """The YAML text of plain data, in the order given, Chinese as it is.

    >>> written({"name": "元旦"})
    'name: 元旦\\n'
    """
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000))


def load(path: Path) -> Any:
    """Read one definition file."""
    return read(path.read_text(encoding="utf-8"), path.name)


def load_all(folder: Path) -> dict[str, Any]:
    """Read every `*.yaml` below a folder; the key is the path below it without the suffix (`court/fee`)."""
    return {str(path.relative_to(folder).with_suffix("")): load(path) for path in sorted(folder.rglob("*.yaml"))}
