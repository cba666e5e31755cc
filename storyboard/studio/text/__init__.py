"""A narration as text: cleaned, read out, told apart by language. Knows no voice and no film."""
