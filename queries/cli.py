"""The command `ecomap`. Each subcommand is one file of queries/commands, imported when it is called.

Exit codes: 0 good, 1 an error with its message, 2 a wrong call, 3 some files failed, 130 interrupted.
"""

from __future__ import annotations

import atexit
import gc
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from graph.errors import EcomapError, SettingsError, UnknownQuestion

from . import commands

INTERRUPTED = 130


class Commands(click.Group):
    """The files of queries/commands; a hyphen in the name is an underscore in the file."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog="""\b
Examples:
  ecomap ingest FOLDER
  ecomap ask partners vRad
  ecomap find "radiology"
  ecomap cypher 'MATCH (c:Company) RETURN c.name LIMIT 5'
""")  # fmt: skip
@click.option("--workspace", metavar="FOLDER", help="Where records and graph are kept.  [default: .ecomap]")
@click.option("--graph", metavar="URL", help="A folder, bolt://… or neo4j://…  [default: in the workspace]")
@click.version_option(package_name="ecomap")
@click.pass_context
def cli(ctx: click.Context, workspace: str | None, graph: str | None) -> None:
    """Who works with whom, where, since when, and how we know: from your documents."""
    ctx.obj = {"workspace": workspace, "graph": graph}


def main(args: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    atexit.register(gc.freeze)  # at the end the interpreter would look through every object: 0.08 s
    code = _run(args)
    sys.stdout.flush()
    sys.exit(code)


def _run(args: Sequence[str] | None) -> int:
    try:
        result = cli.main(args=args, prog_name="ecomap", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (UnknownQuestion, SettingsError) as error:
        return _complain(error, 2)
    except EcomapError as error:
        return _complain(error, 1)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. What was finished is kept; the same command goes on from there.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left: nothing more to say
        return 0
    except OSError as error:
        return _complain(error, 1)
    except Exception as error:
        if os.environ.get("ECOMAP_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}. This is a fault of ecomap; ECOMAP_DEBUG=1 shows where."
        return _complain(EcomapError(what), 1)


def _complain(error: Exception, code: int) -> int:
    click.echo(f"Error: {error}", err=True)
    return code


if __name__ == "__main__":
    main()
