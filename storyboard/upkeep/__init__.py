"""What may be written into the author's files: scene ids, catalogues. New texts, then writing."""
