"""Media files: what they are, opened safely, and a still of one. Knows no store and no film."""
