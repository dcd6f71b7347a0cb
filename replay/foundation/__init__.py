"""What every other part uses, and what knows nothing of campaigns."""
