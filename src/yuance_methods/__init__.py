"""What is prescribed: evaluation methods as data, one folder a release, frozen once released. No code."""
