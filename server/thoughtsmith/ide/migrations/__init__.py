"""Moving a prompt to the format that takes the place of its own: one file per migration."""
