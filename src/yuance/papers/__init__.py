"""Papers: documents about results, contents first, then text and pages."""
