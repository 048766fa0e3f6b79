-- What is kept: rows, the periods that they span, and figures of one flow that differ.
--
-- One row. `revisions` is how many revisions of HS there are; HS itself is each reporter's own.
select
    count(*) as cells, min(period) as first_period, max(period) as last_period,
    count(*) filter (where number > 1) as others, count(distinct classification) as revisions
from flow_cells
