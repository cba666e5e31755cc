"""Variables, expressions, locales and catalogues: what turns one storyboard into concrete texts."""
