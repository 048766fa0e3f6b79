"""What is measured on events: contacts, and how far one dyad's explain another's."""
