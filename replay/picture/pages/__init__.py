"""Pages: maps, words and charts composed to a sheet, as items, before any drawing."""
