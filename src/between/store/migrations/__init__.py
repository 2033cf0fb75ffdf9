"""How the database grew, one file a step; ``Store.migrate`` runs them."""
