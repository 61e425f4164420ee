"""The commands of the command line that show no screen, a module a family."""
