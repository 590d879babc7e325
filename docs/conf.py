"""How the pages in this folder become a site: make docs. Needs coactor installed, and no network.

The same pages are read as plain Markdown in the repository, so they use nothing but links, tables
and code; what only Sphinx can do is the reference, from docstrings, and the help of the commands.
"""

from __future__ import annotations

import contextlib
import io
import os

from docutils import nodes
from docutils.parsers.rst import Directive
from numpydoc import xref
from sphinx.application import Sphinx

import coactor

project = "coactor"
author = "The coactor authors"
copyright = author
version = release = coactor.__version__

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx_copybutton",
]
exclude_patterns = ["conftest.py"]
suppress_warnings = ["config.cache"]

myst_heading_anchors = 3
myst_links_external_new_tab = False

add_module_names = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say more: dtypes, shapes, what a default means
autosummary_generate = False
numpydoc_show_class_members = False
numpydoc_xref_param_type = True
numpydoc_xref_ignore = "all"
numpydoc_xref_aliases = {name: f"coactor.{name}" for name in coactor.__all__ if name[0].isupper()}
toc_object_entries_show_parents = "hide"

xref.DEFAULT_LINKS.clear()  # into the manuals of others, which need the network to be found

# `name` in a docstring is a link where it is a public name. Other names are parameters, columns
# or modules.
default_role = "py:obj"
nitpicky = True
nitpick_ignore_regex = [("py:obj", r"[a-z_][\w.]*|MEASURES")]

copybutton_prompt_text = r">>> |\.\.\. |\$ |> "
copybutton_prompt_is_regexp = True

html_theme = "furo"
html_title = f"coactor {release}"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False


class CommandHelp(Directive):
    """Show what ``coactor … --help`` prints: `.. command-help:: report`."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        words = self.arguments[0].split() if self.arguments else []
        text = help_of(words)
        return [nodes.literal_block(text, text, language="text")]


class Measures(Directive):
    """List the measures of co-occurrence from the table that computes them: `.. measures::`."""

    def run(self) -> list[nodes.Node]:
        from coactor.cooccurrence import MEASURES

        entries = nodes.definition_list()
        for name, measure in MEASURES.items():
            term = nodes.term("", "", nodes.literal(text=name))
            if measure.formula != name:
                term += [nodes.Text(" = "), nodes.literal(text=measure.formula)]
            lines = [f"{measure.says[:1].upper()}{measure.says[1:]}."]
            lines.append(f"From {measure.low:g} to {measure.high:g}.".replace("inf", "∞"))
            if measure.grows:
                lines.append("Not for groups of unequal N.")
            if measure.fields:
                lines.append("Not for directed counts.")
            if measure.source:
                lines.append(f"Source: {measure.source}.")
            about = nodes.definition("", nodes.paragraph(text=" ".join(lines)))
            entries += nodes.definition_list_item("", term, about)
        return [entries]


def help_of(words: list[str]) -> str:
    """Return the help of a command as the installed package prints it on 88 columns."""
    from coactor.cli import main

    os.environ["COLUMNS"], os.environ["NO_COLOR"] = "88", "1"
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = main([*words, "--help"])
    if status != 0:
        raise ValueError(f"coactor {' '.join(words)} --help failed")
    return printed.getvalue().rstrip()


def strip_blocks(app: Sphinx, page: nodes.document) -> None:
    """Take off the blank line that doctest needs between output and the end of a block."""
    for block in page.findall(nodes.literal_block):
        block.rawsource = block.astext().rstrip()
        block[:] = [nodes.Text(block.rawsource)]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("command-help", CommandHelp)
    app.add_directive("measures", Measures)
    app.connect("doctree-read", strip_blocks)
    return {"parallel_read_safe": True}
