"""What is measured on trade: shares, changes, concentration and continuity of flows."""
