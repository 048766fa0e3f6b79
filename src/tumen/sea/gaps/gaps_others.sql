-- Who else was heard near where a silence begins, in the whole hours of the $before_h before it and after it began.
--
-- One row a silence near which another MMSI was heard: messages and ship-hours before, and MMSIs after.
select
    c.mmsi, c.segment, c.t,
    sum(case when h.hour < floor(epoch(c.t) / 3600) then h.messages else 0 end) as messages_before,
    sum(case when h.hour < floor(epoch(c.t) / 3600) then 1 else 0 end) as ship_hours_before,
    count(distinct case when h.hour > floor(epoch(c.t) / 3600) then h.mmsi end) as others_after
from gap_cells as c
inner join cell_hours as h on c.x = h.x and c.y = h.y and c.mmsi <> h.mmsi
where
    h.hour >= floor(epoch(c.t) / 3600) - $before_h
    and h.hour <= floor(epoch(c.t) / 3600) + $before_h
group by c.mmsi, c.segment, c.t
