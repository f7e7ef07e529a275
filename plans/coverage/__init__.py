"""Who has filed a plan for which year, and who should have (覆盖)."""
