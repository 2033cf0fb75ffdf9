"""The room where a person writes and is answered: one turn, its consent, and the offline guide."""
