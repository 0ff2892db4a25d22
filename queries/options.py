"""Options that many commands share, and how an answer is shown."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .result import Result, print_table, to_csv, to_json
from .settings import Settings, credentials, read_settings

if TYPE_CHECKING:
    from rich.console import Console

    from graph.store import Graph

F = TypeVar("F", bound=Callable[..., Any])
PIPED_WIDTH = 120


def workspace_options(command: F) -> F:
    """--workspace and --graph, also after the subcommand; they become ``settings``."""
    for name, metavar in (("graph", "URL"), ("workspace", "FOLDER")):
        command = click.option(
            f"--{name}",
            metavar=metavar,
            expose_value=False,
            callback=_remember(name),
            help=f"As in `ecomap --{name}`.",
        )(command)
    return command


def table_options(command: F) -> F:
    """--json and --csv; they become ``form``."""
    command = click.option("--csv", "form", flag_value="csv", help="Comma-separated values.")(command)
    return click.option("--json", "form", flag_value="json", help="One JSON object.")(command)


def settings() -> Settings:
    """The settings of the command that is running."""
    return read_settings(**click.get_current_context().find_root().obj)


@contextmanager
def opened_graph(chosen: Settings, *, to_write: bool = False) -> Iterator[Graph]:
    """The graph of the settings, closed at the end; to read only, unless said otherwise."""
    server = _server(chosen)
    with ExitStack() as stack:
        with _collecting_nothing(), _without("numpy"):  # driver and engine load it: 0.1 s of every start
            from graph.store import open_graph

            graph = stack.enter_context(open_graph(chosen.graph, **server, read_only=not to_write))
        yield graph


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """What imports make is there to stay: looking through it for garbage finds none."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Imports in the block do as if the module were not installed, unless it is loaded already."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]


def show(result: Result, form: str | None) -> None:
    if form == "json":
        click.echo(to_json(result))
    elif form == "csv":
        click.echo(to_csv(result))
    else:
        print_table(result, console())


def console(stderr: bool = False) -> Console:
    """Colour and the terminal's width on a terminal; plain and wide else."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else PIPED_WIDTH, highlight=False)


def _remember(name: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def callback(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.find_root().obj[name] = value

    return callback


def _server(chosen: Settings) -> dict[str, Any]:
    if not chosen.is_server:
        return {}
    found = credentials(chosen.graph) or _prompt()
    user, password = found if found else (None, None)
    return {"user": user, "password": password, "database": chosen.database}


def _prompt() -> tuple[str, str] | None:
    if not sys.stdin.isatty():
        return None
    user = click.prompt("User", default="neo4j", err=True)
    return user, click.prompt("Password", hide_input=True, err=True, default="")
