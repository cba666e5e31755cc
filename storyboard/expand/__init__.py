"""One storyboard × one locale → one video: loops, conditions, names, texts."""
