"""One module a screen: draws what the rooms hand it, decides nothing that a room should decide."""
