"""The vault: a passphrase becomes a key, and a key seals what a person keeps. Pure cryptography, no disk."""
