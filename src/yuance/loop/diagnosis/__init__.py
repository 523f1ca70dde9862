"""Diagnosis (诊断): why is it so, and what would change it? Gap, contribution, finding, reach -> Diagnosis.

Placed here, not built yet.
"""
