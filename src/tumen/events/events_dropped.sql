-- How many reports of each file are kept, and how many left out, by reason.
--
-- One row a file and reason; `reason` is null for those that are kept. `mended` of them had a code without its zero, of `told`
-- the event's text gave the code, and `commas` had an intensity with a decimal comma.
select
    _file, reason, count(*) as reports, count(*) filter (where mended) as mended, count(*) filter (where told) as told,
    count(*) filter (where comma) as commas
from judged_reports
group by _file, reason
order by _file nulls last, reason nulls last
