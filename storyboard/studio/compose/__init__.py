"""Composition (guide §7): from captions and documents to scenes, offline and extractive."""
