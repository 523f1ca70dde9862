"""Support (施策): what does the city give? Eligibility, matching, allocation -> SupportPlan.

Placed here, not built yet.
"""
