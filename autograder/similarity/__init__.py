"""What submissions have in common that was not handed out, for a person to read."""
