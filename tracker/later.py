"""Modules that are imported by others at once and used by them seldom: here they are read when first used."""

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


def read_later(name: str) -> None:
    """Let the next `import` of this module of the standard library cost nothing until something in it is used."""
    spec = find_spec(name) if name not in sys.modules else None
    if spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        module.__class__ = _Unread
        sys.modules[name] = module


class _Unread(ModuleType):
    def __getattr__(self, name: str) -> Any:
        self.__class__ = ModuleType  # type: ignore[assignment] # from now on it is any module
        spec = self.__spec__
        assert spec is not None and spec.loader is not None
        spec.loader.exec_module(self)
        return getattr(self, name)
