"""Portal（工作台）."""
