-- Published ranges for exchange that trade tables leave out, where they touch [$first, $last).
--
-- One row a range. Rows flagged suspect, garbled or missing are not evidence.
select id, territory, partner, "start", "end", kind, low_usd, middle_usd, high_usd, shape, publisher, quality, source
from unrecorded
where territory = $territory
    and "end" > cast($first as date)
    and "start" < cast($last as date)
    and quality not in ('suspect', 'garbled', 'missing')
order by id nulls last
