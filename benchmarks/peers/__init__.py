"""Other graders, measured on the same submissions."""
