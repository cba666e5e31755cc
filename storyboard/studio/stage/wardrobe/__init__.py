"""Hair, clothes and what lies on a face. Knows not who wears it."""
