-- How many flows of each file are kept, and how many left out, by reason.
--
-- One row a file and reason; `reason` is null for those that are kept. `mended` codes had lost the zero before them;
-- `estimated` rows have a flag of estimation.
select
    _file, reason, count(*) as flows, count(*) filter (where mended) as mended,
    count(*) filter (where estimation <> '0') as estimated
from judged_flows
group by _file, reason
order by _file nulls last, reason nulls last
