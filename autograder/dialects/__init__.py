"""How other courses spell the same things: one TOML file for each of them."""
