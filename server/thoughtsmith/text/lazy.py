"""An attribute that is worked out when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 -- used as a decorator
    """Like `functools.cached_property`, without its lock.

    Before Python 3.12 that lock is shared by all instances, so that a worker busy with one document would hold up the
    event loop at every other. Two threads may work out the same value; whichever is last wins, and they are equal.
    """

    def __init__(self, work_out: Callable[[Any], Value]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[Value]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...
    def __get__(self, instance: object | None, owner: type) -> Any:
        if instance is None:
            return self
        value = self._work_out(instance)
        # Without `__set__` the instance's own dictionary is asked first from now on.
        instance.__dict__[self._name] = value
        return value
