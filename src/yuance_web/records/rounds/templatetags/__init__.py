"""Tags of the pages of rounds."""
