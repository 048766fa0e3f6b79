"""How the documentation is built: `make docs`, or sphinx-build -W -b html docs docs/_build/html."""

from tumen import __version__

project = "Tumen"
author = "The Tumen authors"
project_copyright = author
version = release = __version__

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

html_extra_path = ["run.schema.json"]  # beside the page, under the name that it calls itself by
html_static_path = ["_static"]
html_css_files = ["lines.css"]
html_theme = "furo"
html_title = f"Tumen {release}"
html_show_sphinx = False
