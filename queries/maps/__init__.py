"""From a network to a picture: ``draw(network_of(graph, company="vRad"), Path("vrad.svg"))``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.errors import SettingsError

from .network import Edge, Network, Node, Quote, network_of

__all__ = ["FORMATS", "Edge", "Network", "Node", "Quote", "draw", "network_of"]


def draw(network: Network, path: Path) -> None:
    """Writes the picture in the format that the path's suffix names."""
    try:
        write = FORMATS[path.suffix.lower()]
    except KeyError:
        raise SettingsError(
            f"No picture format {path.suffix!r} ({path.name}). Formats: {', '.join(FORMATS)}"
        ) from None
    write(network, path)


# The formats are imported when drawn: a question must start without NumPy and Pillow.
def _svg(network: Network, path: Path) -> None:
    from .svg import draw_svg

    draw_svg(network, path)


def _png(network: Network, path: Path) -> None:
    from .png import draw_png

    draw_png(network, path)


def _html(network: Network, path: Path) -> None:
    from .html import draw_html

    draw_html(network, path)


FORMATS: dict[str, Callable[[Network, Path], None]] = {".svg": _svg, ".png": _png, ".html": _html}
