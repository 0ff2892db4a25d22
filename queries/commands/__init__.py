"""The subcommands of `ecomap`, one file each, found by name."""
