"""What the person wrote before, found again: chunk, embed, index, recall, forget."""
