"""Files: images and films, the page, and data formats."""
