"""Makes the one vendored file of the browser application; a maintainer's tool, not in the wheel."""
