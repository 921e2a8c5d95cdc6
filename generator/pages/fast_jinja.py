"""A code generator for Jinja that writes faster Python code for the same templates.

A page holds hundreds of values and macro calls. Plain Jinja escapes each value by a function
written in Python, binds the arguments of each macro by hand, and looks each attribute up through
the environment. The code from here asks first whether a value is a plain string, calls a macro as
the Python function that it is, and reads an attribute as Python does.

It is a `CodeGenerator` for `Environment.code_generator_class`. Its templates print what plain
Jinja prints, with one condition: an attribute that is missing raises AttributeError, where plain
Jinja looks for an item of that name and then for what is undefined. So whoever renders a template
catches AttributeError and renders by a plain environment, which decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner as escape_str
except ImportError:  # MarkupSafe without its compiled half
    escape_str = escape


class DirectMacro(Macro):
    """A macro that takes only arguments that it names, and no `caller`.

    `html` is a Python function of the same arguments; it returns HTML as a plain string.
    """

    def __init__(self, *macro: Any, html: Callable[..., str]) -> None:  # noqa: ANN401 - as Macro's
        """Make what `Macro(*macro)` is, with its function."""
        super().__init__(*macro)
        self.html = html
        html.__qualname__ = self.name or "caller"  # named so in errors about its arguments

    def markup(self, *args: object, **kwargs: object) -> Markup:
        """Call the macro, and return its HTML as `Markup`."""
        return Markup(self.html(*args, **kwargs))  # noqa: S704 - the macro has escaped its values


def as_html(value: object) -> str:
    """Return a value as HTML: markup as it is, anything else as escaped text."""
    kind = type(value)
    if kind is str:
        return escape_str(value)  # type: ignore[arg-type]
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


def html_of(call: Callable[..., object], *args: object, **kwargs: object) -> Callable[..., str]:
    """Return a function that calls `call` with some arguments and more, and escapes the result."""
    return lambda *more, **named: as_html(call(*args, *more, **kwargs, **named))


class Message:
    """A function of templates that looks words up: `_`, `gettext`, `ngettext`.

    `html` is the Python function; it returns HTML as a plain string.
    """

    __slots__ = ("html",)

    def __init__(self, html: Callable[..., str]) -> None:
        """Take the function."""
        self.html = html

    def markup(self, *args: object, **kwargs: object) -> Markup:
        """Return the message as `Markup`."""
        return Markup(self.html(*args, **kwargs))  # noqa: S704 - its values are escaped

    __call__ = markup


MESSAGES = frozenset({"_", "gettext", "ngettext"})
"""The names of these functions. No variable of a template may have one of them."""

_NAMES = (DirectMacro, as_html, html_of, partial)
"""What the code of every template imports."""


class DirectCodeGenerator(CodeGenerator):
    """Writes the Python module of a template.

    Where `{% autoescape %}` changes the escaping, the code is that of plain Jinja.
    """

    _printed: nodes.Expr | None = None
    """The expression that is being written, if what it gives is HTML and printed as it is."""

    def visit_Template(  # noqa: N802 - named by Jinja
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Write the module."""
        for value in _NAMES:
            self.writeline(f"from {value.__module__} import {value.__name__}")
        super().visit_Template(node, frame)

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Write statements; those of a whole block or template print into one string.

        Else each piece of a page would pass through the generators of all templates that it
        extends.
        """
        statements = list(body)
        if frame.buffer is None and _is_whole(frame) and not any(map(_yields, statements)):
            self.buffer(frame)
            super().blockvisit(statements, frame)
            self.writeline(f"yield concat({frame.buffer})")
        else:
            super().blockvisit(statements, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - named by Jinja
        """Write `value.name`."""
        if iskeyword(node.attr) or not node.attr.isascii():  # Python would read another name
            super().visit_Getattr(node, frame)
        else:
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")

    def visit_Call(  # noqa: N802 - named by Jinja
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 - as Jinja has it
    ) -> None:
        """Write a call: of the function of a macro, where a macro that has one is called."""
        if forward_caller or not _escapes(frame) or not _is_simple_call(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        is_printed = node is self._printed
        if isinstance(node.node, nodes.Name) and node.node.name in MESSAGES:
            self.visit(node.node, frame)
            self.write(".html(" if is_printed else ".markup(")
            self._write_arguments(node, frame)
            return
        short, long = ("html", "html_of") if is_printed else ("markup", "partial")
        self.write(f"(callee.{short} if type(callee := ")
        self.visit(node.node, frame)
        self.write(f") is DirectMacro else {long}(context.call, callee")
        self.write(", _loop_vars=_loop_vars" if frame.loop_frame else "")
        self.write(", _block_vars=_block_vars" if frame.block_frame else "")
        self.write("))(")
        self._write_arguments(node, frame)

    def _write_arguments(self, node: nodes.Call, frame: Frame) -> None:
        """Write the arguments of a call, and its end."""
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write the macro whose function `macro` stands before."""
        names = [argument.name for argument in macro_ref.node.args]
        takes_more = (
            macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        )
        if takes_more or not _escapes(frame) or any(iskeyword(n) or n == "_macro" for n in names):
            super().macro_def(macro_ref, frame)
            return
        macro_name = getattr(macro_ref.node, "name", None)
        parameters = ", ".join(f"{name}=missing" for name in names)
        given = ", ".join(names)
        self.write(f"DirectMacro(environment, macro, {macro_name!r}, {tuple(names)!r}, ")
        self.write("False, False, False, True, ")
        self.write(f"html=(lambda _macro: lambda {parameters}: _macro({given}))(macro))")

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802 - named by Jinja
        """Write `a if test else b`; where it is printed, each side is HTML by itself."""
        if node is not self._printed:
            super().visit_CondExpr(node, frame)
            return
        soft = frame.soft()
        self.write("(")
        self._write_html(node.expr1, soft)
        self.write(" if ")
        self.visit(node.test, soft)
        self.write(" else ")
        if node.expr2 is None:
            self.write("''")  # so prints what is undefined there
        else:
            self._write_html(node.expr2, soft)
        self.write(")")

    def _write_html(self, node: nodes.Expr, frame: Frame) -> None:
        """Write an expression as HTML, where values are escaped."""
        if _prints_html(node):
            self._printed = node
            self.visit(node, frame)
        else:
            self.write("as_html(")
            self.visit(node, frame)
            self.write(")")

    def _output_child_to_const(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> str:
        """Return what a constant prints; of a filter, whoever renders asks the site's language."""
        if isinstance(node, nodes.Filter) or node.find(nodes.Filter):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if not _escapes(frame) or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif _prints_html(node):
            self._printed = node
            self.write("(")
        else:
            self.write("as_html(")


def _escapes(frame: Frame) -> bool:
    """Return whether it is known that values are escaped here."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _is_whole(frame: Frame) -> bool:
    """Return whether this is the frame of a block, or of a template that extends no other."""
    return frame.block_frame or (frame.rootlevel and not frame.require_output_check)


def _yields(node: nodes.Node) -> bool:
    """Return whether the code of this prints past any buffer, as some includes do."""
    includes = [node, *node.find_all(nodes.Include)]
    return any(isinstance(one, nodes.Include) and not one.with_context for one in includes)


def _prints_html(node: nodes.Expr) -> bool:
    """Return whether the code of an expression gives HTML, if it is told to."""
    return isinstance(node, nodes.CondExpr) or _is_simple_call(node)


def _is_simple_call(node: nodes.Expr) -> bool:
    """Return whether this calls `name` or `value.name`, without `*args` and `**kwargs`."""
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name | nodes.Getattr)
        and node.dyn_args is None
        and node.dyn_kwargs is None
        and not any(iskeyword(argument.key) for argument in node.kwargs)
    )
