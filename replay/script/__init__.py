"""The script: from the files of a scenario to its records, or to all that is wrong with them."""
