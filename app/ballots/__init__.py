"""Own enrolment, casting, receipts, the ballot box, the tally and the record package. See README.md."""
