"""A narration as it is read out: cleaned, in sentences, in words. Knows no voice and no film."""
