"""The loop of governance: positioning, evaluation, diagnosis, support, follow-up, and round again."""
