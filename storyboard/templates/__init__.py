"""Templates: expressions inside strings, worked out over plain values. Knows no storyboard."""
