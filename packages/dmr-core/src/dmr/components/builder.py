"""Find the components of an endpoint in its annotations."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, get_args, get_origin

from dmr.components.base import ComponentParser
from dmr.exceptions import UnsolvableAnnotationsError
from dmr.types import (
    TypeVarInference,
    has_type_vars,
    solve_type_vars,
    type_variables,
)

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer


class ComponentParserBuilder:
    """Find components among the parameters of a function.

    Type variables in their models are replaced by what the controller gives
    for them.
    """

    __slots__ = ('_controller_cls', '_func')

    type_var_inference_cls: ClassVar[type[TypeVarInference]] = TypeVarInference

    def __init__(
        self,
        func: Callable[..., Any],
        controller_cls: 'type[Controller[BaseSerializer]]',
    ) -> None:
        """Prepare for one endpoint function of one controller."""
        self._func = func
        self._controller_cls = controller_cls

    def __call__(
        self,
        type_annotations: dict[str, Any],
    ) -> list[tuple[ComponentParser, Any, tuple[Any, ...]]]:
        """Return component, model, and the rest of ``Annotated``, in order.

        Raises:
            UnsolvableAnnotationsError: a parameter has the wrong name, or a
                model is still a type variable.
        """
        return [
            self._component(name, annotation, component)
            for name, annotation in type_annotations.items()
            if name != 'return'
            and (component := _find_component(annotation)) is not None
        ]

    def solve(self, annotation: Any) -> Any:
        """Replace the type variables in *annotation*.

        Raises:
            UnsolvableAnnotationsError: one of them has no value.
        """
        parameters_of = self._controller_cls.serializer.type_parameters
        variables = type_variables(annotation, parameters_of)
        if not variables:
            return annotation
        bindings: dict[Any, Any] = {}
        for variable in variables:
            bindings |= self.type_var_inference_cls(
                variable,
                self._controller_cls,
                owner=self._owner(),
            )()
        solved = solve_type_vars(annotation, bindings, parameters_of)
        if has_type_vars(solved):
            raise UnsolvableAnnotationsError(
                f'Cannot solve type annotations of {self._where()}: '
                f'{solved!r} must be concrete. Pass a real type for every '
                f'type variable to {self._controller_cls.__qualname__}.',
            )
        return solved

    def _component(
        self,
        name: str,
        annotation: Any,
        component: ComponentParser,
    ) -> tuple[ComponentParser, Any, tuple[Any, ...]]:
        if name != component.context_name:
            raise UnsolvableAnnotationsError(
                f'{type(component).__name__} of {self._where()} must be a '
                f'parameter named {component.context_name!r}, not {name!r}. '
                'Rename the parameter.',
            )
        model, *meta = get_args(annotation)
        rest = tuple(
            one for one in meta if not isinstance(one, ComponentParser)
        )
        return component, self.solve(model), rest

    def _owner(self) -> type[Any] | None:
        name = self._func.__name__
        for cls in self._controller_cls.__mro__:
            if cls.__dict__.get(name) is self._func:
                return cls
        return None

    def _where(self) -> str:
        return f'{self._controller_cls.__qualname__}.{self._func.__name__}'


def _find_component(annotation: Any) -> ComponentParser | None:
    if get_origin(annotation) is not Annotated:
        return None
    for one in get_args(annotation)[1:]:
        if isinstance(one, ComponentParser):
            return one
    return None
