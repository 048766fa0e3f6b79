-- How many rows of each file are left out, by reason, and how many are kept.
--
-- One row a file and reason, null for the rows that are kept. `swapped` counts those that would be on the globe if
-- longitude and latitude changed places; `zoned` those whose time names its zone.
select
    _file as "file",
    reason,
    sum(copies) as "rows",
    sum(case when swapped then copies else 0 end) as swapped,
    sum(case when zoned then copies else 0 end) as zoned
from judged_positions
group by _file, reason
order by "file" nulls last, "rows" desc nulls last, reason nulls first
