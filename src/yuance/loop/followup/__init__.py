"""Follow-up (问效): was it done, and did it work? Progress, commitment, effect -> Outcome.

What follow-up writes down are facts of the next period: the circle is in time, not in imports. Placed here, not built
yet.
"""
