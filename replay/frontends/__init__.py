"""The command line, the terminal, the window and notebooks."""
