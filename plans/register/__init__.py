"""The register of plans (计划登记): filters, counts, rows and exports of what somebody may see."""
