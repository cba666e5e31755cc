"""Storyboard-as-code: YAML files to avatar videos, and a studio that renders them."""

__version__ = "0.1.0"
