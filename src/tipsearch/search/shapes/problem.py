"""What is wrong with a request."""

from __future__ import annotations

from tipsearch.search.shapes.common import Shape


class ParameterProblem(Shape, frozen=True):
    """Something wrong with one parameter.

    Attributes:
        parameter: its name.
        detail: what is wrong, in a sentence.
    """

    parameter: str
    detail: str


class Problem(Shape, frozen=True):
    """An error (RFC 9457).

    Attributes:
        type: always about:blank; the status says what kind of error it is.
        title: the status in words.
        status: of HTTP.
        detail: what happened and what to do, in a sentence or two.
        errors: parameters at fault.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[ParameterProblem, ...]
